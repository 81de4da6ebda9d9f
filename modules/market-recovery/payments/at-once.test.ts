import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, eventually, holding, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { Crowd } from '../testing/crowd.ts'
import { Local, march } from '../testing/local.ts'

let house: TestHouse
let local: Local
beforeAll(async () => {
  house = await openHouse()
  // Enough for two thirds of what is going to be asked for.
  local = await Local.open(house, '16000')
})
afterAll(() => house.close())

test('fifty people at once approve, reject, batch, release, pay and void: nothing twice, nothing lost', async () => {
  const places = await local.assignments(10)
  const weeks: string[] = []
  for (const day of ['2025-03-02', '2025-03-09', '2025-03-16', '2025-03-23'])
    weeks.push(...(await Promise.all(places.map((place) => local.submitted(place, day)))))
  const crowd = await Crowd.gather(local, 50)
  const told = await crowd.work(weeks, 4)
  // On a machine that is very busy some may be asked to come again; a fault is nobody told.
  expect(told.filter(({ status }) => status >= 500 && status !== 503)).toEqual([])
  expect(new Set(told.filter(({ status }) => status < 300).map(({ act }) => act)).size).toBeGreaterThan(5)

  expect(await local.discrepancies()).toEqual([])
  const [program] = await asOwner<{ within: boolean }>(
    house,
    'select committed + paid <= budget as within from market_recovery.program where id = $1',
    [local.program],
  )
  expect(program).toEqual({ within: true })
  // Whoever was told that it is done, did it: each has its line in the audit trail, and there is no other.
  const lines = await asOwner<{ act: string; count: number }>(
    house,
    `select act, count(*)::integer as count from foundation.audit_entry
    where resource = 'market-recovery.hours' and record = any($1) and act in ('approve', 'reject', 'reopen', 'submit')
    group by act`,
    [weeks],
  )
  for (const { act, count } of lines) {
    const before = act === 'submit' ? weeks.length : 0
    expect([act, count]).toEqual([act, crowd.done(act) + before])
  }
})

test('two officers who prepare at the same moment pay each week once: the second waits, and is told', async () => {
  const other = await Local.open(house, '16002')
  for (const place of await other.assignments(3)) await other.approved(place, '2025-03-09')
  const prepare = (by: Voice) => by.post('/payment-batches', { ...march, program: other.program })
  const replies = await holding(
    house,
    `select from market_recovery.hours where program = '${other.program}' order by id desc limit 1 for update`,
    async (waiting) => {
      const both = [prepare(other.officer), prepare(other.officer2)]
      await eventually(async () => expect(await waiting()).toBe(2))
      return both
    },
  )
  const told = await Promise.all(replies)
  expect(new Set(told.map(({ statusCode }) => statusCode))).toEqual(new Set([201, 409]))
  expect(told.find(({ statusCode }) => statusCode === 201)?.json()).toMatchObject({ payments: 3, subsidy: '1800.00' })
  expect(told.find(({ statusCode }) => statusCode === 409)?.json().detail).toContain('no approved hours to pay')
  expect(await other.discrepancies()).toEqual([])
})

const deadlocks = async () => {
  const [row] = await asOwner<{ deadlocks: string }>(
    house,
    'select deadlocks from pg_stat_database where datname = current_database()',
  )
  return Number(row?.deadlocks)
}

test('two who stand in each other’s way are both answered: whom the database ended is run again', async () => {
  const other = await Local.open(house, '16001')
  for (const place of await other.assignments(2)) await other.approved(place, '2025-03-09')
  const batch = await other.exported()
  const [payment] = await other.payments(batch['id'])
  const before = await deadlocks()
  // One has the payment and wants the batch, the other has the batch and wants the payment.
  const replies = await holding(
    house,
    `select from market_recovery.payment_batch where id = '${batch['id']}' for update`,
    async (waiting) => {
      const all = other.officer.post(`/payment-batches/${batch['id']}/void`, { reason: 'Twice' })
      await eventually(async () => expect(await waiting()).toBe(1))
      const one = other.treasurer.post(`/payments/${payment?.['id']}/pay`, { paid_on: '2025-04-01' })
      await eventually(async () => expect(await waiting()).toBe(2))
      return [all, one]
    },
  )
  const statuses = (await Promise.all(replies)).map(({ statusCode }) => statusCode)
  expect(new Set(statuses)).toEqual(new Set([200, 409]))
  await eventually(async () => expect(await deadlocks()).toBeGreaterThan(before))
  expect(await other.discrepancies()).toEqual([])
})
