import { expect, test } from 'vitest'
import { asOwner, cast, castPassword } from '@commonhall/engine/testing'
import { demoHost } from '../../engine/demo/world.ts'
import { raiseStage } from './stage.ts'

const stage = await raiseStage()

const hedda = await stage.stranger()

test('a host comes to the console, for no org is theirs, and finds organizations by their words', async () => {
  await hedda.opens('/login')
  await hedda.types('E-mail', demoHost.email)
  await hedda.types('Password', castPassword)
  await hedda.presses('Sign in')
  await hedda.isAt(/\/host/)
  await hedda.arrivesAt('Organizations')
  await hedda.sees('Riverside Housing Cooperative')
  await hedda.sees('Harbor Trades Local 100')
  await hedda.types('Search by name or address', 'maple')
  await hedda.seesNo('Harbor Trades Local 100')
  await hedda.isAt(/\/host\?q=maple$/)
  await hedda.follows(/^Maple Court Cooperative/)
  await hedda.arrivesAt('Maple Court Cooperative')
  await hedda.sees('Housing cooperative')
})

test('a module goes off and on again, and its people see it at once', async () => {
  const cora = await stage.browserOf('staff@maple-court.example')
  await cora.opens('/o/maple-court/units')
  await cora.arrivesAt('Units')
  // The list that is open hears that its module has gone.
  cora.trouble.expect(/^422 GET .*\/live$/, /^404 GET .*\/units$/)
  await hedda.sees('Housing needs Members. Switch Housing off first.')
  await hedda.find('switch', /^Housing/).click()
  await hedda.sees('Housing is off. What it holds is kept.')
  await cora.opens('/o/maple-court')
  await cora.seesNone('link', 'Units')
  await hedda.find('switch', /^Housing/).click()
  await hedda.sees('Housing is on.')
  await cora.opens('/o/maple-court/units')
  await cora.arrivesAt('Units')
  await cora.seesA('table', 'Units')
})

test('what it has is counted, and none of it is shown', async () => {
  await hedda.presses('Count now')
  await hedda.in('region', 'What it has').seesA('row', /^Members 60$/)
  hedda.trouble.expect(/^404 GET .*\/orgs\/maple-court\/catalog$/, /^console: Problem: There is no such org/)
  await hedda.opens('/o/maple-court')
  await hedda.sees('There is no such organization, or you do not belong to it.')
})

test('a suspended organization tells its people why, and is open again when it is resumed', async () => {
  const otis = await stage.browserOf('officer@local-200.example')
  await hedda.opens('/host/orgs/local-200')
  await hedda.presses('Suspend')
  const dialog = hedda.in('dialog', 'Suspend')
  await dialog.presses('Suspend')
  await dialog.sees('Reason is needed.')
  await dialog.types('Reason', 'The local is merging with Local 100.')
  await dialog.presses('Suspend')
  await hedda.sees(/^Suspended .*The local is merging/)
  otis.trouble.expect(/^403 GET .*\/orgs\/local-200\//, /^console: Problem: Prairie Builders/)
  await otis.opens('/o/local-200/members')
  await otis.sees(/Prairie Builders Local 200 has been closed .*The local is merging with Local 100\./)
  await hedda.presses('Resume')
  await hedda.sees('Prairie Builders Local 200 is open again.')
  await otis.opens('/o/local-200/members')
  await otis.seesA('table', 'Members')
})

test('what hosts did stands in the journal, and in the trail of the organization', async () => {
  await hedda.opens('/host')
  await hedda.follows('What hosts did')
  await hedda.arrivesAt('What hosts did')
  await hedda.sees('suspended it: The local is merging with Local 100.')
  const otis = await stage.browserOf('officer@local-200.example')
  await otis.opens('/o/local-200/audit')
  await otis.sees(demoHost.name)
})

test('a new organization starts with what its kind has, and its admin takes it from there', async () => {
  await hedda.opens('/host')
  await hedda.follows('New organization')
  await hedda.arrivesAt('New organization')
  await hedda.presses('Create organization')
  await hedda.seesA('link', 'Name is needed.')
  await hedda.chooses('Kind', 'Housing cooperative')
  await hedda.types('Name', 'Elm Street Cooperative')
  await expect.poll(() => hedda.reads('Address')).toBe('elm-street-cooperative')
  await hedda.types('Address', 'riverside')
  await hedda.page.locator('#org-admin_name').fill('Ann Lee')
  await hedda.types('E-mail address', 'ann@elm-street.example')
  hedda.trouble.expect(/^409 POST .*\/host\/orgs$/)
  await hedda.presses('Create organization')
  await hedda.seesA('link', /Another organization has the address "riverside"/)
  await hedda.types('Address', 'elm-street')
  await hedda.presses('Create organization')
  await hedda.arrivesAt('Elm Street Cooperative')
  await hedda.sees(/^Nobody can act as its admin yet\./)
})

test('the invited admin comes in and sees the modules', async () => {
  const letter = async () => {
    const [mail] = await asOwner<{ plain: string }>(
      stage.house,
      'select plain from foundation.local_mail where recipient = $1',
      ['ann@elm-street.example'],
    )
    return /\/invitation\/\S+/.exec(mail?.plain ?? '')?.[0] ?? ''
  }
  await expect.poll(letter).not.toBe('')
  const ann = await stage.stranger()
  await ann.opens(await letter())
  await ann.sees('Elm Street Cooperative')
  await ann.types('Choose a password', 'Forty-two-quiet-elms!')
  await ann.presses('Join Elm Street Cooperative')
  await ann.isAt(/\/o\/elm-street/)
  await ann.seesA('link', 'Members')
  await ann.seesA('link', 'Units')
})

test('the console keeps nobody out, in the light, in the dark and on a phone', async () => {
  await stage.onEachDevice(demoHost.email, async (eye, device) => {
    for (const page of ['/host', '/host/orgs/riverside', '/host/orgs/new', '/host/acts', '/host/health']) {
      await eye.opens(page)
      await eye.seesA('heading')
      await eye.seesAllThere()
      await eye.meetsNoBarrierInAnyLight(`${page}, ${device}`)
      await eye.scrollsOnlyDown(page)
    }
  })
})

test('whoever is no host is told so', async () => {
  const ada = await stage.browserOf(cast.admin)
  ada.trouble.expect(/^403 GET .*\/host\/orgs/)
  await ada.opens('/host')
  await ada.sees('This is for hosts of this installation. Your sign-in is not one of theirs.')
  await ada.opens('/o/local-100')
  await ada.presses('Ada Okafor, account menu')
  await ada.seesNone('menuitem', 'Host console')
})
