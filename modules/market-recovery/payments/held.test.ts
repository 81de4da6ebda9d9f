import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, asServer, openHouse, type TestHouse } from '@commonhall/engine/testing'
import { Local, march } from '../testing/local.ts'

let house: TestHouse
let local: Local
let org: string
let users: Record<string, string>
/** Two payments that are prepared, one of which has two weeks. */
let batch: Record<string, string>
let payments: Record<string, string>[]
let free: string
beforeAll(async () => {
  house = await openHouse()
  local = await Local.open(house)
  const [one = '', other = ''] = await local.assignments(2)
  await local.approved(one, '2025-03-02')
  await local.approved(one, '2025-03-09')
  await local.approved(other, '2025-03-09')
  batch = await local.batch()
  payments = await local.payments(batch['id'])
  free = await local.approved(one, '2025-04-06')
  const [row] = await asOwner<{ org_id: string }>(house, 'select org_id from market_recovery.program where id = $1', [
    local.program,
  ])
  org = row?.org_id ?? ''
  const people = await asOwner<{ id: string; email: string }>(house, 'select id, email from foundation.user')
  users = Object.fromEntries(people.map(({ id, email }) => [email, id]))
})
afterAll(() => house.close())

/** What the database says to a hand that writes around the code, as one of the people. */
async function refused(sql: string, by = 'officer@local-100.example'): Promise<string> {
  const acting = `select set_config('app.user', '${users[by]}', true); ${sql}`
  return asServer(house, org, acting).then(
    () => 'done',
    (error: { message: string }) => error.message,
  )
}

const batchOf = (change: string) => `update market_recovery.payment_batch set ${change} where id = '${batch['id']}'`
const paymentOf = (change: string) => `update market_recovery.payment set ${change} where id = '${payments[0]?.['id']}'`
const weekOf = (change: string, id = free) => `update market_recovery.hours set ${change} where id = '${id}'`

describe('around the code', () => {
  test('nobody releases what they prepared, whatever they say who they are', async () => {
    const release = batchOf(`state = 'released', released_by = '${users['officer@local-100.example']}'`)
    expect(await refused(release, 'treasurer@local-100.example')).toBe('market-recovery:batch.own')
    expect(await refused(release)).toBe('done')
    expect(await refused(batchOf(`prepared_by = null`))).toBe('market-recovery:batch.settled')
  })

  test('a batch comes to what its payments come to, and a payment to its weeks', async () => {
    for (const change of ['subsidy = subsidy + 0.01', 'payments = 1', "number = 'B-1'", 'program = null', 'hours = 0'])
      expect([change, await refused(batchOf(change))]).toEqual([change, 'market-recovery:batch.settled'])
    for (const change of ['subsidy = subsidy - 0.01', 'hours = 1', 'assignment = gen_random_uuid()'])
      expect([change, await refused(paymentOf(change))]).toEqual([change, 'market-recovery:batch.settled'])
  })

  test('no week enters, leaves or changes its payment, and none is paid without', async () => {
    const [one, other] = payments.map(({ id }) => id)
    const [week] = await asOwner<{ id: string }>(house, 'select id from market_recovery.hours where payment = $1', [
      one,
    ])
    expect(await refused(weekOf(`payment = '${one}'`))).toBe('market-recovery:batch.settled')
    for (const change of [`payment = '${other}'`, 'payment = null'])
      expect([change, await refused(weekOf(change, week?.id))]).toEqual([change, 'market-recovery:hours.in_batch'])
    for (const id of [free, week?.id])
      expect(await refused(weekOf("state = 'paid', paid_on = current_date", id))).toBe(
        'market-recovery:payment.pays_weeks',
      )
    expect(await refused(weekOf("state = 'submitted', approved_by = null", week?.id))).toBe(
      'market-recovery:hours.in_batch',
    )
  })

  test('a payment comes with its batch, goes its steps with it, and is never thrown away', async () => {
    const copied = `insert into market_recovery.payment
      (number, batch, assignment, member, contractor, program, hours, subsidy)
      select number || 'x', batch, (select id from market_recovery.assignment a where a.id <> assignment limit 1),
        member, contractor, program, hours, subsidy from market_recovery.payment where batch = '${batch['id']}' limit 1`
    expect(await refused(copied)).toBe('market-recovery:batch.settled')
    expect(await refused(`delete from market_recovery.payment where batch = '${batch['id']}'`)).not.toBe('done')
    expect(await refused(paymentOf("state = 'released'"))).toBe('market-recovery:payment.with_batch')
    expect(await refused(paymentOf("state = 'paid', paid_on = current_date"))).toBe('engine:record.no_such_step')
    expect(await refused(batchOf("state = 'paid', paid_on = current_date"))).toBe('engine:record.no_such_step')
    expect(await refused(batchOf("state = 'void'"))).toContain('payment_batch_reason')
  })

  test('a batch of nothing is not written', async () => {
    const empty = `insert into market_recovery.payment_batch (period_from_on, period_until_on)
      values ('2020-01-01', '2020-01-31')`
    expect(await refused(empty)).toBe('market-recovery:batch.nothing')
  })
})

test('a batch that is made void frees its weeks, and they are paid by another', async () => {
  const reply = await local.treasurer.post(`/payment-batches/${batch['id']}/void`, { reason: 'Wrong month' })
  expect(reply.json(), reply.body).toMatchObject({ state: 'void', payments: 0, subsidy: '0.00', reason: 'Wrong month' })
  expect(await local.payments(batch['id'])).toMatchObject([
    { state: 'void', reason: 'Wrong month', subsidy: '1200.00' },
    { state: 'void', reason: 'Wrong month', subsidy: '600.00' },
  ])
  expect(await local.discrepancies()).toEqual([])
  expect(await local.batch(march)).toMatchObject({ payments: 2, subsidy: '1800.00' })
  const stays = await local.treasurer.post(`/payment-batches/${batch['id']}/void`, { reason: 'Once more' })
  expect(stays.statusCode).toBe(409)
})
