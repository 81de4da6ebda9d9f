import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, openHouse, type TestHouse } from '@commonhall/engine/testing'
import { examineProofs } from './proofs.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const findings = () => Array.fromAsync(examineProofs(house.engine, house.ground))

test('the demo adds up to the cent, in every organization', async () => {
  expect(await findings()).toEqual([
    { name: 'sums', found: expect.stringContaining('agree to the cent') },
    { name: 'sums', found: expect.stringContaining('no more ballots than were issued') },
  ])
})

test('a cent that somebody slipped in past every rule is found, with the record that has it', async () => {
  const [program] = await asOwner<{ id: string }>(
    house,
    `with past as (select set_config('session_replication_role', 'replica', false))
    update market_recovery.program set committed = committed + 0.01 from past
    where id = (select p.id from market_recovery.program p join foundation.org o on o.id = p.org_id
      where o.slug = 'local-200' order by p.name limit 1) returning id`,
  )
  const [finding] = await findings()
  expect(finding?.fault).toContain(`local-200 program ${program?.id}:`)
})
