import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, notebook, openHouse, type TestHouse } from '@commonhall/engine/testing'
import { findOrg } from '../caller.ts'
import { withClient } from '../database/provision.ts'
import { sealTrail } from './seal.ts'
import { verifyHouse } from './verify-house.ts'

let house: TestHouse
let org: string
beforeAll(async () => {
  house = await openHouse({ modules: [notebook] })
  org = (await findOrg(house.engine.database, 'local-100'))?.id ?? ''
})
afterAll(() => house.close())

const rounds = 15

/** Writes one transaction after another; some are short, some stay open for long, some are taken back. */
const writer = (number: number) =>
  withClient(house.ground.appUrl, async (client) => {
    for (let round = 0; round < rounds; round++) {
      await client.query('begin')
      await client.query("select set_config('app.org', $1, true)", [org])
      const entry = "insert into notebook.entry (title, state) values ($1, 'draft')"
      await client.query(entry, [`w${number} r${round}`])
      if (number % 5 === 0) await sleep(150)
      await client.query(entry, [`w${number} r${round} again`])
      await client.query((number + round) % 7 ? 'commit' : 'rollback')
    }
  })

test('twenty writers, some of them slow, and three sealers at a time do not disturb the chain', async () => {
  const work = { goesOn: true }
  const sealer = async () => {
    let seals = 0
    while (work.goesOn) seals += (await sealTrail(house.engine, org)).sealed ? 1 : 0
    return seals
  }
  const open = withClient(house.ground.appUrl, async (client) => {
    await client.query('begin')
    await client.query("select set_config('app.org', $1, true)", [org])
    await client.query("insert into notebook.entry (title, state) values ('before all', 'draft')")
    while (work.goesOn) await sleep(20)
    await client.query("insert into notebook.entry (title, state) values ('after all', 'draft')")
    await client.query('commit')
  })
  const sealers = [sealer(), sealer(), sealer()]
  await Promise.all(Array.from({ length: 20 }, (_, number) => writer(number)))
  work.goesOn = false
  await open
  const seals = (await Promise.all(sealers)).reduce((sum, one) => sum + one, 0)
  const { orgs } = await verifyHouse(house, 'local-100', [])
  const [count] = await asOwner<{ n: number }>(
    house,
    `select count(*)::integer as n from foundation.audit_entry where org_id = '${org}'`,
  )
  expect(orgs[0]).toMatchObject({ findings: [], pending: 0, entries: count?.n })
  expect(count?.n).toBeGreaterThan(400)
  expect(seals).toBeGreaterThan(2)
})

test('writers do not wait for one who seals, nor for one another', async () => {
  await withClient(house.ground.appUrl, async (sealing) => {
    await sealing.query('begin')
    await sealing.query("select set_config('app.org', $1, true)", [org])
    await sealing.query('select foundation.seal_audit()')
    const caller = await house.caller()
    // Whoever waited here would wait for ever.
    await house.engine.act(caller, ({ db }) =>
      db.insertInto('notebook.entry').values({ title: 'meanwhile', state: 'draft' }).execute(),
    )
    await sealing.query('commit')
  })
  expect((await verifyHouse(house, 'local-100', [])).orgs[0]).toMatchObject({ findings: [], pending: 0 })
})

test('what is sealed and written in one transaction is sealed later', async () => {
  await withClient(house.ground.appUrl, async (client) => {
    const entry = "insert into notebook.entry (title, state) values ($1, 'draft')"
    await client.query('begin')
    await client.query("select set_config('app.org', $1, true)", [org])
    await client.query(entry, ['before the seal'])
    await sealTrail(house.engine, org)
    await client.query('select foundation.seal_audit()')
    await client.query(entry, ['after the seal'])
    await client.query('commit')
  })
  expect((await verifyHouse(house, 'local-100', [])).orgs[0]).toMatchObject({ findings: [], pending: 0 })
})

test('a trail that came from another database, where transactions are counted anew, goes on', async () => {
  const far = '1000000000'
  await asOwner(
    house,
    `set session_replication_role = replica; delete from foundation.audit_seal;
    update foundation.audit_entry set xid = (xid::text::bigint + ${far} / 2)::text::xid8`,
  )
  await sealTrail(house.engine, org)
  await asOwner(
    house,
    `set session_replication_role = replica; update foundation.audit_seal set system = 4711,
      snapshot = case when snapshot is not null then '${far}:${far}:'::pg_snapshot end;
    do $$ declare s foundation.audit_seal; before bytea; begin
      for s in select * from foundation.audit_seal where org_id = '${org}' order by n loop
        s.previous := before; s.hash := foundation.audit_seal_hash(s); before := s.hash;
        update foundation.audit_seal x set previous = s.previous, hash = s.hash where x.org_id = s.org_id and x.n = s.n;
      end loop;
    end $$`,
  )
  const caller = await house.caller()
  await house.engine.act(caller, ({ db }) =>
    db.insertInto('notebook.entry').values({ title: 'in the new house', state: 'draft' }).execute(),
  )
  expect((await sealTrail(house.engine, org)).sealed).toBe(1)
  expect((await verifyHouse(house, 'local-100', [])).orgs[0]).toMatchObject({ findings: [], pending: 0 })
})
