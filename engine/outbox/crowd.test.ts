import { PgBoss } from 'pg-boss'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, notebook, openHouse, type TestHouse } from '@commonhall/engine/testing'
import type { Claim } from '../jobs/claims.ts'
import { take } from '../jobs/take.ts'
import { deliverEvent } from './announce.ts'

const crowd = 10_000

let house: TestHouse
let boss: PgBoss
beforeAll(async () => {
  house = await openHouse({ modules: [notebook] })
  boss = new PgBoss({
    connectionString: house.ground.appUrl,
    schema: 'queue',
    migrate: false,
    supervise: false,
    max: 1,
  })
  await boss.start()
})
afterAll(async () => {
  await boss.stop({ graceful: false })
  await house.close()
})

test('ten thousand deliveries that wait do not slow down the taking of the next', async () => {
  await asOwner(
    house,
    `insert into queue.job (name, data, singleton_key, group_id, policy)
    select $1, '{}', 'record ' || n % ${crowd / 2}, 'org', 'key_strict_fifo' from generate_series(1, ${crowd}) n`,
    [deliverEvent.name],
  )
  const lane = { name: deliverEvent.name, kind: 'org', limits: {}, ordered: true, run: () => Promise.reject() } as const
  const times: number[] = []
  const taken: Claim[] = []
  for (let round = 0; round < 10; round += 1) {
    const began = performance.now()
    taken.push(...(await take(boss, lane, 64)))
    times.push(performance.now() - began)
  }
  // Whatever else the machine does makes some rounds slow; what sorts all that waits makes each of them slow.
  expect(Math.min(...times)).toBeLessThan(150)
  const rows = await asOwner<{ jobs: number; keys: number }>(
    house,
    `select count(*)::integer as jobs, count(distinct singleton_key)::integer as keys from queue.job
    where id = any($1) and state = 'active'`,
    [taken.map(({ id }) => id)],
  )
  expect(rows).toEqual([{ jobs: 640, keys: 640 }])
})
