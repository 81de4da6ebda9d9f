import { afterAll, beforeAll, expect, test } from 'vitest'
import { openHouse, type TestHouse } from '@commonhall/engine/testing'
import { done, Local } from '../testing/local.ts'

let house: TestHouse
let local: Local
let places: string[]
beforeAll(async () => {
  house = await openHouse()
  local = await Local.open(house)
  places = await local.assignments(6)
})
afterAll(() => house.close())

const april = { period_from_on: '2025-04-01', period_until_on: '2025-04-30' }

/** A week of 40 hours that is paid. */
async function paid(assignment: string): Promise<string> {
  const week = await local.approved(assignment, '2025-03-09')
  const batch = await local.exported()
  await done(local.treasurer, `/payment-batches/${batch['id']}/pay`, { paid_on: '2025-04-01' })
  return week
}

test('hours that are not paid are not adjusted', async () => {
  const week = await local.approved(places[0] ?? '', '2025-03-02')
  const reply = await local.staff.post('/hours', {
    assignment: places[0],
    week_ending: '2025-03-02',
    regular: '-8',
    adjusts: week,
  })
  expect(reply.statusCode).toBe(422)
  expect(reply.json().errors[0].message).toContain('Only a week that was paid is put right by an adjustment')
  await done(local.officer, `/hours/${week}/reopen`)
})

test('what was paid too much is taken off the next payment, though its week is long past', async () => {
  const place = places[1] ?? ''
  const week = await paid(place)
  const adjustment = await local.approved(place, '2025-03-09', { regular: '-8', adjusts: week })
  await local.approved(place, '2025-04-06', { regular: '20' })
  const batch = await local.batch(april)
  expect(batch).toMatchObject({ payments: 1, hours: '12.00', subsidy: '180.00', carried: 0 })
  const [payment] = await local.payments(batch['id'])
  expect((await local.week(adjustment))['payment']).toBe(payment?.['id'])
  expect(await local.discrepancies()).toEqual([])
})

test('who would get less than nothing gets nothing yet: it waits for the next batch, which says so', async () => {
  const [, , place = '', other = ''] = places
  const week = await paid(place)
  const adjustment = await local.approved(place, '2025-03-09', { regular: '-20', adjusts: week })
  const only = await local.treasurer.post('/payment-batches', { ...april, program: local.program })
  expect([only.statusCode, only.json().detail]).toEqual([
    409,
    'All that is approved in these weeks takes back more than it comes to. It is taken off the next payment: ' +
      'approve the hours of later weeks, and prepare a batch that reaches to them.',
  ])
  const small = await local.approved(place, '2025-04-06', { regular: '10' })
  await local.approved(other, '2025-04-06', { regular: '10' })
  expect(await local.batch(april)).toMatchObject({ payments: 1, subsidy: '150.00', carried: 1 })
  for (const id of [small, adjustment]) expect((await local.week(id))['payment']).toBeNull()
  await local.approved(place, '2025-05-04', { regular: '10' })
  const may = { period_from_on: '2025-04-01', period_until_on: '2025-05-31' }
  expect(await local.batch(may)).toMatchObject({ payments: 1, hours: '0.00', subsidy: '0.00', carried: 0 })
  expect(await local.discrepancies()).toEqual([])
})

test('a payment of nothing goes its way like any other, and never meets the books', async () => {
  const [batch] = (await local.officer.get('/payment-batches?filter[subsidy]=0.00&sort=-number')).json().data as [
    Record<string, string>,
  ]
  const before = await local.balance('5000')
  for (const act of ['release', 'export']) await done(local.officer, `/payment-batches/${batch['id']}/${act}`)
  await done(local.treasurer, `/payment-batches/${batch['id']}/pay`, { paid_on: '2025-06-02' })
  expect(await local.balance('5000')).toBe(before)
  expect(await local.discrepancies()).toEqual([])
})
