import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { cast } from '@commonhall/engine/testing'
import { raiseStage } from './stage.ts'

const stage = await raiseStage()
const ada = await stage.browserOf(cast.admin)
const ann = await stage.has('members', {
  card_number: 'LO79002',
  first_name: 'Ann',
  last_name: 'Adeyemi',
  email: 'ann@people.example',
  state: 'applicant',
})
const at = `/o/local-100/members/${ann.id}`

/** What the browser saves when something is clicked. */
async function saved(person: typeof ada, click: () => Promise<void>): Promise<{ name: string; text: string }> {
  const [file] = await Promise.all([person.page.waitForEvent('download'), click()])
  return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') }
}

test('an officer takes out what is kept about somebody, as a page to read', async () => {
  await ada.opens(at)
  await ada.arrivesAt('Adeyemi, Ann')
  await ada.presses('More acts')
  const file = await saved(ada, () => ada.picks('Download what we keep'))
  expect(file.name).toMatch(/^local-100-adeyemi-ann-[\d-]+\.html$/)
  expect(file.text).toContain('ann@people.example')
  const page = await ada.page.context().newPage()
  await page.setContent(file.text)
  await expect.poll(() => page.getByRole('heading', { level: 1 }).innerText()).toContain('Adeyemi, Ann')
  await page.close()
})

test('and is told what stands in the way of erasing them', async () => {
  await ada.presses('More acts')
  await ada.picks('Erase personal data…')
  const dialog = ada.in('dialog', 'Erase the personal data of Adeyemi, Ann')
  await dialog.sees(/Record first that they have withdrawn/)
  await ada.meetsNoBarrier('what stands in the way')
  await dialog.presses('I understand')
})

test('a person is erased after it was said why, and the number typed: what stays has no name', async () => {
  const admin = await stage.house.as(cast.admin)
  expect((await admin.post(`/members/${ann.id}/withdraw`, { reason: 'Moved away' })).statusCode).toBe(200)
  await ada.opens(at)
  await ada.arrivesAt('Adeyemi, Ann')
  await ada.presses('More acts')
  await ada.picks('Erase personal data…')
  const dialog = ada.in('dialog', 'Erase the personal data of Adeyemi, Ann')
  await dialog.sees('What stays, without a name')
  await ada.meetsNoBarrier('what goes and what stays')
  await expect.poll(() => dialog.find('button', 'Erase for good').isDisabled()).toBe(true)
  await dialog.types('Why?', 'Asked for it by letter')
  await dialog.types('Type LO79002 to go on', 'lo79002')
  await dialog.presses('Erase for good')
  await ada.sees('The personal data is erased.')
  await ada.arrivesAt(/^Erased member/)
  await ada.seesNone('dialog')
  await ada.sees(/erased personal data in/)
  await ada.presses('More acts')
  await ada.picks('Erase personal data…')
  await ada.sees(/There is nothing left to erase/)
})

test('members take out what is kept about themselves', async () => {
  const max = await stage.browserOf(cast.member)
  await max.opens('/o/local-100/people/me')
  await max.seesA('heading', /^What .* keeps about you$/)
  await max.meetsNoBarrier('what is kept about oneself')
  const file = await saved(max, () => max.presses('Download what we keep'))
  expect(file.text).toContain('What is not in this file')
  const data = await saved(max, () => max.presses('Download it as data (JSON)'))
  expect(JSON.parse(data.text)).toMatchObject({ format: 'commonhall-personal-data/1' })
})

test('the dialog fits a phone, in the dark too', async () => {
  const other = await stage.has('members', { card_number: 'LO79003', first_name: 'Ben', last_name: 'Boyle' })
  const admin = await stage.house.as(cast.admin)
  await admin.post(`/members/${other.id}/withdraw`, { reason: 'Moved away' })
  await stage.onEachDevice(cast.admin, async (eye, device) => {
    await eye.opens(`/o/local-100/members/${other.id}`)
    await eye.arrivesAt('Boyle, Ben')
    await eye.presses('More acts')
    await eye.picks('Erase personal data…')
    await eye.in('dialog').sees('What stays, without a name')
    await eye.meetsNoBarrierInAnyLight(`erasing, ${device}`)
    await eye.scrollsOnlyDown(`erasing, ${device}`)
  })
})
