import { expect, test } from 'vitest'
import { cast } from '@commonhall/engine/testing'
import { raiseStage } from './stage.ts'

const stage = await raiseStage()
const ada = await stage.browserOf(cast.admin)
const sam = await stage.browserOf(cast.staff)
const ann = await stage.has('members', { card_number: 'LO79001', first_name: 'Ann', last_name: 'Adeyemi' })
const notYours = 'Your role does not include this. Ask an administrator of your organization if you need it.'
/** Saves, and waits until the page says so. */
const saves = async () => {
  await ada.presses('Save')
  await ada.seesNone('button', 'Save')
  await ada.sees('Saved. It holds from the next click of everybody who has these roles.')
}
/** A box of the matrix by what it stands for. */
const box = (label: string) => ada.page.getByRole('checkbox', { name: label, exact: true })

test('an admin takes a right from a role: what is about to be saved is told in words', async () => {
  await sam.opens(`/o/local-100/members/${ann.id}`)
  await sam.arrivesAt('Adeyemi, Ann')
  await sam.presses('Edit')
  await sam.arrivesAt(/Adeyemi, Ann/)
  await sam.opens(`/o/local-100/members/${ann.id}`)
  await sam.arrivesAt('Adeyemi, Ann')
  await ada.opens('/o/local-100')
  await ada.follows('Roles')
  await ada.arrivesAt('Roles')
  await ada.types('Search permissions', 'members change')
  await box('Staff: Members, Change').uncheck()
  await ada.sees('1 change')
  await ada.sees('Staff may no longer:')
  await ada.presses('Save')
  await ada.sees('Saved. It holds from the next click of everybody who has these roles.')
  await ada.seesNone('button', 'Save')
})

test('and in the other browser the button is grey with its reason on the next request', async () => {
  await sam.page.reload()
  await sam.arrivesAt('Adeyemi, Ann')
  const edit = sam.find('button', 'Edit')
  await expect.poll(() => edit.getAttribute('aria-disabled')).toBe('true')
  await edit.hover()
  await sam.in('tooltip').sees(notYours)
})

test('who is at it while it is taken away is told so when they save', async () => {
  await box('Staff: Members, Change').check()
  await saves()
  await sam.page.reload()
  await sam.presses('Edit')
  await sam.types('Preferred name', 'Annie')
  await box('Staff: Members, Change').uncheck()
  await saves()
  sam.trouble.expect(/^403 PATCH .*\/members\//)
  await sam.presses('Save changes')
  await sam.sees(notYours)
})

test('what differs from the start is marked, found, and put back in one step', async () => {
  await ada.opens('/o/local-100/roles')
  await ada.arrivesAt('Roles')
  await ada.checks('Only what differs from the start')
  await expect.poll(() => ada.page.getByRole('row').count()).toBeLessThan(10)
  await ada.presses('Staff: more')
  await ada.picks('As at the start')
  await ada.sees('Staff may now:')
  await ada.presses('Save')
  await ada.sees('No permission matches')
  await ada.presses('Show everything')
})

test('the grid is walked with the arrows, and says why a box cannot be changed', async () => {
  await box('Admin: Roles, Change').focus()
  await ada.hits('ArrowRight', 'Space')
  await ada.sees('Officer may now:')
  await ada.hits('Space')
  await ada.seesNone('button', 'Save')
  await ada.hits('Home', 'Space')
  await ada.sees(/Admins always keep this/)
  await expect.poll(() => box('Admin: Roles, Change').isChecked()).toBe(true)
  await ada.hits('ArrowDown')
  await expect.poll(() => box('Admin: Roles, Delete').evaluate((here) => here === document.activeElement)).toBe(true)
})

test('a role is copied, given, and deleted when nobody has it any more', async () => {
  await ada.presses('New role')
  const dialog = ada.in('dialog', 'New role')
  await dialog.types('Name', 'Front desk')
  await dialog.chooses('Starts as', 'A copy of Staff')
  await dialog.presses('Create the role')
  await ada.seesNone('dialog')
  await ada.seesA('columnheader', /^Front desk/)
  await ada.follows('People')
  await ada.in('table', 'People').follows('Ines Park')
  await ada.arrivesAt('Ines Park')
  await ada.presses('Give a role')
  await ada.picks('Front desk')
  await ada.sees('Ines Park has the role Front desk now.')
  await ada.in('region', 'Roles').sees(/from Ada Okafor/)
  await ada.follows('Roles')
  await ada.presses('Front desk: more')
  await ada.in('menu').sees('One person has this role. Take it from them first.')
})

test('what somebody can do stands there with its reason', async () => {
  await ada.opens('/o/local-100/people')
  await ada.types('Search people', 'ines')
  await ada.in('table', 'People').follows('Ines Park')
  const why = ada.in('region', 'What this person can do, and why')
  await why.types('Search what they can do', 'members members archive')
  await why.sees('Roles that include it: Admin, Officer')
  await why.types('Search what they can do', 'members members export')
  await why.sees(/^Front desk, as Ada Okafor decided on/)
  await ada.presses('Take away the role Front desk')
  await ada.sees('Ines Park no longer has the role Front desk.')
  await why.sees('Roles that include it: Admin, Officer, Staff, Front desk')
})

test('the last admin stays', async () => {
  await ada.opens('/o/local-100/people')
  await ada.in('table', 'People').follows('Ada Okafor')
  await ada.arrivesAt('Ada Okafor')
  ada.trouble.expect(/^409 DELETE .*\/grants\//)
  await ada.presses('Take away the role Admin')
  await ada.sees(/This is the last admin who can sign in/)
})

test('everybody can see what they can do themselves', async () => {
  const max = await stage.browserOf(cast.member)
  await max.opens('/o/local-100/people/me')
  await max.arrivesAt('What you can do, and why')
  await max.sees('Where the record is their own')
})

test('the pages hold no barrier, on a phone neither', async () => {
  await stage.onEachDevice(cast.admin, async (eye, device) => {
    await eye.opens('/o/local-100/roles')
    await eye.arrivesAt('Roles')
    await eye.seesAllThere()
    const first = device === 'phone' ? 'Admin: Members, Export' : 'Staff: Members, Archive and restore'
    await eye.page.getByRole('checkbox', { name: first, exact: true }).click()
    await eye.meetsNoBarrierInAnyLight(`the matrix, ${device}`)
    await eye.scrollsOnlyDown(`the matrix, ${device}`)
    await eye.presses('Discard')
    await eye.opens('/o/local-100/people')
    await eye.seesA('link', /Ines Park/)
    await eye.meetsNoBarrierInAnyLight(`the people, ${device}`)
    await eye.follows(/Ines Park/)
    await eye.arrivesAt('Ines Park')
    await eye.seesA('heading', 'What this person can do, and why')
    await eye.seesAllThere()
    await eye.meetsNoBarrierInAnyLight(`a person, ${device}`)
    await eye.scrollsOnlyDown(`a person, ${device}`)
  })
})
