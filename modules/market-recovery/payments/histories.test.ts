import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, openHouse, type TestHouse } from '@commonhall/engine/testing'
import { History } from '../testing/history.ts'
import { Local } from '../testing/local.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

let budget = 1_000_000

/** A program with three people at work, of which nothing is known yet. */
async function fresh() {
  const local = await Local.open(house, String((budget += 1)))
  return { local, history: new History(local, await local.assignments(3)) }
}

/** What the house says where the model says something, in one read. */
async function compare(local: Local, history: History, step: string): Promise<void> {
  const { weeks, batches } = history.told()
  const [said] = await asOwner<{ sums: object; weeks: object; batches: object; wrong: unknown }>(
    house,
    `with org as materialized (select set_config('app.org', p.org_id::text, false) from market_recovery.program p
      where p.id = $1)
    select
      (select json_build_object('committed', p.committed::text, 'paid', p.paid::text, 'owed', (
          select coalesce(-sum(l.amount), 0.00)::text from ledger.line l
          join ledger.account a on a.org_id = l.org_id and a.id = l.account and a.code = '2000'
          join ledger.entry e on e.org_id = l.org_id and e.id = l.entry
          join market_recovery.payment y on y.org_id = e.org_id and y.id = e.source_record and y.program = p.id))
        from market_recovery.program p where p.id = $1) as sums,
      (select coalesce(json_object_agg(id, json_build_object('state', state, 'payment', payment)), '{}')
        from market_recovery.hours where program = $1) as weeks,
      (select coalesce(json_object_agg(id, state), '{}') from market_recovery.payment_batch
        where program = $1) as batches,
      (select json_agg(d) from org, lateral (select org.*) opened, market_recovery.discrepancies() d) as wrong`,
    [local.program],
  )
  expect([step, said]).toEqual([step, { sums: history.expected(), weeks, batches, wrong: null }])
}

test('whatever happens in which order: to the cent, all says the same after every step', async () => {
  const steps = fc.array(fc.tuple(fc.nat(1000), fc.nat(1000)), { minLength: 35, maxLength: 35 })
  const taken = new Map<string, number>()
  await fc.assert(
    fc.asyncProperty(steps, async (history) => {
      const { local, history: told } = await fresh()
      for (const [which, whose] of history) {
        const name = await told.step(which, whose)
        taken.set(name, (taken.get(name) ?? 0) + 1)
        await compare(local, told, name)
      }
    }),
    { numRuns: 2, endOnFailure: true, seed: 1937 },
  )
  expect(Object.keys(Object.fromEntries(taken))).toEqual(
    expect.arrayContaining(['approve', 'reopen', 'prepare', 'release', 'export', 'pay', 'void', 'take back']),
  )
})
