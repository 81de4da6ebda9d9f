import { afterAll, beforeAll, expect, test } from 'vitest'
import { openHouse, type TestHouse } from '@commonhall/engine/testing'
import { Local } from '../testing/local.ts'

let house: TestHouse
let local: Local
let numbers: string[]
let batch: Record<string, string>
beforeAll(async () => {
  house = await openHouse()
  local = await Local.open(house)
  for (const place of await local.assignments(3)) await local.approved(place, '2025-03-09')
  batch = await local.exported()
  numbers = (await local.payments(batch['id'])).map(({ number }) => number ?? '')
})
afterAll(() => house.close())

const bring = (rows: unknown, by = local.treasurer) => by.post('/payments/import-status', { rows })

test('what QuickBooks paid is paid here; what cannot be is told by its row, and nothing of it is written', async () => {
  const [one = '', other = '', third = ''] = numbers
  const reply = await bring([
    { payment: one.toLowerCase(), qb_reference: '10042', paid_on: '2025-04-02' },
    { payment: 'B-9999-0001', paid_on: '2025-04-02' },
    { payment: other, qb_reference: '10043', paid_on: '2025-04-03' },
    { payment: one, paid_on: '2025-04-02' },
    { payment: third, paid_on: '2199-01-01' },
    { payment: third, paid_on: 'soon' },
    { amount: 3 },
  ])
  expect(reply.statusCode, reply.body).toBe(200)
  expect(reply.json()).toMatchObject({
    paid: 2,
    refused: [
      { row: 2, payment: 'B-9999-0001', reason: expect.stringContaining('There is no payment B-9999-0001 here') },
      { row: 4, reason: `${one} stands in the list twice. The first row counts.` },
      { row: 5, reason: expect.stringContaining('still to come') },
      { row: 6, payment: third },
      { row: 7 },
    ],
  })
  expect(await local.payments(batch['id'])).toMatchObject([
    { state: 'paid', qb_reference: '10042', paid_on: '2025-04-02' },
    { state: 'paid', qb_reference: '10043', paid_on: '2025-04-03' },
    { state: 'exported', qb_reference: null },
  ])
  expect(await local.balance('2000')).toBe('-600.00')
  expect(await local.discrepancies()).toEqual([])
})

test('the same list once more pays nothing twice, and the last payment closes its batch', async () => {
  const [one = '', , third = ''] = numbers
  const reply = await bring([{ payment: one }, { payment: '10043' }, { payment: third, paid_on: '2025-04-04' }])
  expect(reply.json()).toMatchObject({
    paid: 1,
    refused: [
      { row: 1, reason: `${one} is paid, so it cannot be paid. Only what is exported can.` },
      { row: 2, reason: '10043 is paid, so it cannot be paid. Only what is exported can.' },
    ],
  })
  expect(await local.balance('1000')).toBe('-1800.00')
  expect((await local.officer.get(`/payment-batches/${batch['id']}`)).json()).toMatchObject({
    state: 'paid',
    paid_on: '2025-04-04',
  })
  expect(await local.discrepancies()).toEqual([])
})

test('only those who pay bring it in, and only a list', async () => {
  expect((await bring([{ payment: 'B-0001-0001' }], local.staff)).statusCode).toBe(403)
  for (const rows of ['x', [], {}]) expect((await bring(rows)).statusCode).toBe(422)
  const many = Array.from({ length: 1001 }, () => ({ payment: 'B-1' }))
  expect((await bring(many)).statusCode).toBe(422)
})
