import { expect, test } from 'vitest'
import { asOwner, cast } from '@commonhall/engine/testing'
import { raiseStage } from './stage.ts'

const stage = await raiseStage()
// In this local the treasurer also enters and changes members, and staff no longer set a date of birth.
const change = (role: string, changes: object) =>
  asOwner(
    stage.house,
    `update foundation.role set changes = $1 where name = $2
    and org_id = (select id from foundation.org where slug = 'local-100')`,
    [changes, role],
  )
await change('treasurer', { 'members.member.create': true, 'members.member.update': true })
await change('staff', { 'members.member.birth_on.write': false })
const [first] = (await (await stage.house.as(cast.staff)).get('/members?limit=1')).json().data
const tessa = await stage.browserOf(cast.treasurer)
const sam = await stage.browserOf(cast.staff)
const guarded = ['Date of birth', 'SSN, last four', 'Notes'] as const
const reason = 'Your role does not include setting Date of birth.'

test('what the treasurer may not see is not on the page, and leaves no gap', async () => {
  await tessa.opens(`/o/local-100/members/${first.id}`)
  await tessa.arrivesAt(`${first.last_name}, ${first.first_name}`)
  await tessa.sees('Gender')
  for (const name of guarded) await tessa.seesNo(name)
  await sam.opens(`/o/local-100/members/${first.id}`)
  await sam.sees('Date of birth')
  await sam.meetsNoBarrier('a record of which some is guarded')
})

test('nor is it among the columns that a list can show', async () => {
  await tessa.opens('/o/local-100/members')
  await tessa.presses('Columns')
  const columns = tessa.in('dialog', 'Columns')
  await columns.seesA('checkbox', 'Gender')
  for (const name of guarded) await columns.seesNone('checkbox', name)
})

test('a form without it saves what it shows, and what it does not show stays', async () => {
  await tessa.opens(`/o/local-100/members/${first.id}/edit`)
  await tessa.types('Gender', 'X')
  for (const name of guarded) await tessa.seesNo(name)
  await tessa.presses('Save changes')
  await tessa.arrivesAt(`${first.last_name}, ${first.first_name}`)
  const after = (await (await stage.house.as(cast.staff)).get(`/members/${first.id}`)).json()
  expect(after).toMatchObject({ gender: 'X', birth_on: first.birth_on, ssn_last_four: first.ssn_last_four })
})

test('what staff may see and not set stands in the form with the reason, and is not sent', async () => {
  await sam.opens(`/o/local-100/members/${first.id}/edit`)
  await sam.sees(reason)
  await expect.poll(() => sam.field('Date of birth').isDisabled()).toBe(true)
  await expect.poll(() => sam.reads('Date of birth')).toBe(first.birth_on)
  await sam.meetsNoBarrier('a form with a field that is fixed')
  await sam.types('Gender', 'F')
  await sam.presses('Save changes')
  await sam.arrivesAt(`${first.last_name}, ${first.first_name}`)
})

test('a file is brought in without what one may not set, and why is said beside its columns', async () => {
  const content = 'Card No,Last name,First name,DOB\nFR-1,Ash,Ann,1/2/1961'
  await sam.opens('/o/local-100/members/import')
  await sam.gives('File to import', { name: 'roll.csv', mimeType: 'text/csv', buffer: Buffer.from(content) })
  await sam.sees(reason)
  await expect.poll(() => sam.reads('Where DOB goes')).toBe('')
  const choice = sam.find('combobox', 'Where DOB goes').locator('option', { hasText: 'Date of birth' })
  await expect.poll(() => choice.isDisabled()).toBe(true)
  await sam.meetsNoBarrier('columns of which one is closed')
  await sam.presses('Try it')
  await sam.presses('Import 1 member')
  await sam.sees('roll.csv is in.')
})
