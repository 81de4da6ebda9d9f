import { expect, test } from 'vitest'
import { cast } from '@commonhall/engine/testing'
import { raiseStage } from './stage.ts'

const stage = await raiseStage()
const sam = await stage.browserOf(cast.staff)
const ada = await stage.browserOf(cast.admin)
const ana = { card_number: 'AU1042', last_name: 'Ortiz', first_name: 'Ana', birth_on: '1970-02-03', phone: '555-0100' }
const { id } = await stage.has('members', ana)

test('staff changes a member and sees at its side who did what, in words', async () => {
  await sam.opens(`/o/local-100/members/${id}/edit`)
  await sam.arrivesAt('Edit Ortiz, Ana')
  await sam.types('Phone', '555-0199')
  await sam.types('Paid through', '2026-12-31')
  await sam.presses('Save changes')
  await sam.arrivesAt('Ortiz, Ana')
  const history = sam.in('complementary', 'History')
  await history.sees('Sam Whitaker edited this')
  await history.sees(/Phone: 555-0100\s*→\s*555-0199/)
  await history.sees(/Paid through: empty\s*→\s*Dec 31, 2026/)
  await history.sees('Otis Brandt created this')
  await history.seesNone('link', 'All of it in the audit trail')
})

test('staff finds how the trail is proven, and not the trail; their program is told no', async () => {
  await sam.opens('/o/local-100/audit')
  await sam.sees('The trail itself is for administrators and officers.')
  await sam.sees(/Once a day the number and fingerprint/)
  await sam.seesNone('button', 'Details')
  expect((await (await stage.house.as(cast.staff)).get('/audit')).statusCode).toBe(403)
})

test('the admin comes from the member to its entries, and finds the change by its filters', async () => {
  await stage.house.engine.watch.flush()
  await ada.opens(`/o/local-100/members/${id}`)
  await ada.in('complementary', 'History').follows('All of it in the audit trail')
  await ada.arrivesAt('Audit trail')
  await ada.sees('Ortiz, Ana · card number AU1042')
  await ada.presses('Kind')
  await ada.checks('Changes')
  await ada.presses('Apply')
  await ada.presses('What')
  await ada.checks('Edited')
  await ada.presses('Apply')
  const main = ada.in('main')
  await main.sees(/Sam Whitaker edited/)
  await main.sees(/Phone: 555-0100\s*→\s*555-0199/)
  await main.seesNo('Otis Brandt')
  await main.find('button', 'Details').first().click()
  await main.sees('Network address')
  await main.sees(/Waits for its seal|Sealed in no\. \d/)
  expect(new URL(ada.page.url()).searchParams.get('filter[act]')).toBe('update')
})

test('the admin sees who was told no, and why', async () => {
  await ada.opens('/o/local-100/audit?filter[kind]=denied')
  const main = ada.in('main')
  await main.sees(/Sam Whitaker was told no: List audit trail/)
  await main.sees('Your role does not include this.')
})

test('the admin sees who looked at what is sensitive', async () => {
  await ada.opens(`/o/local-100/audit?filter[kind]=read&filter[record]=${id}`)
  await ada.in('main').sees(/Sam Whitaker looked at “Date of birth” of Ortiz, Ana/)
})

test('the admin sees who signed in, and where nothing fits, the way back', async () => {
  await ada.opens('/o/local-100/audit?filter[kind]=sign-in')
  await ada.in('main').sees('Sam Whitaker signed in')
  await ada.opens('/o/local-100/audit?filter[address][contains]=nowhere')
  await ada.sees('Nothing fits')
  await ada.clicks('Clear search and filters')
  await ada.seesA('region', /\d{4}$/)
})

test('the page says how the trail is proven', async () => {
  await ada.clicks('How to check that nothing was changed')
  await ada.sees(/Once a day the number and fingerprint/)
  await ada.types('Witnesses', 'auditor@firm.example')
  await ada.presses('Save witnesses')
  await ada.sees('The witnesses are saved.')
})

test('on a phone and in the dark nothing keeps anybody out', async () => {
  const phone = await stage.browserOf(cast.admin, { device: 'phone', scheme: 'dark' })
  await phone.opens('/o/local-100/audit')
  await phone.in('main').sees('Sam Whitaker')
  await phone.in('main').find('button', 'Details').first().click()
  await phone.scrollsOnlyDown('audit')
  await phone.meetsNoBarrier('audit on a phone')
})
