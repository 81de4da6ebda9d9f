import { type ChildProcess, spawn } from 'node:child_process'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, eventually, freePort, holding, openHouse, type TestHouse } from '@commonhall/engine/testing'
import { Office } from '../testing/office.ts'

let house: TestHouse
let office: Office
const servers: ChildProcess[] = []
beforeAll(async () => {
  house = await openHouse()
  office = await Office.open(house, 8)
  await office.online({ 0: 1, 1: 1, 2: 0, 3: 1, 4: 2 })
})
afterAll(async () => {
  for (const server of servers) server.kill('SIGKILL')
  await house.close()
})

/** The server as it is started, in a process of its own. */
async function startServer() {
  const port = await freePort()
  const env = {
    PATH: process.env['PATH'] ?? '',
    DATABASE_URL: house.ground.ownerUrl,
    JWT_SECRET: house.engine.settings.secret,
    DATA_DIR: house.engine.settings.dataDir,
    LOG_LEVEL: 'error',
    PORT: String(port),
  }
  const server = spawn('bin/commonhall', ['serve'], { env, stdio: ['ignore', 'ignore', 'inherit'] })
  servers.push(server)
  const at = `http://127.0.0.1:${port}`
  await eventually(async () => expect((await fetch(`${at}/health/ready`)).status).toBe(200))
  const close = () =>
    fetch(`${at}/api/v1/orgs/local-100${office.at}/close`, {
      method: 'POST',
      headers: { authorization: `Bearer ${office.officer.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ reason: 'All are here.' }),
    }).then(
      ({ status }) => status,
      () => 'killed',
    )
  return { server, close }
}

/** All that a close or a count writes. */
const state = () =>
  asOwner(
    house,
    `select e.state, e.seal, e.closed_at, e.counters,
      (select count(*)::integer from governance.election_key k where k.election = e.id) as keys,
      (select json_agg(json_build_array(b.receipt, b.ctid) order by b.receipt) from governance.ballot b
        where b.election = e.id) as box,
      (select json_agg(c.result) from governance.contest c where c.election = e.id) as results,
      (select count(*)::integer from governance.published_box p where p.election = e.id) as published
    from governance.election e where e.id = $1`,
    [office.polling.election],
  )

test('a server killed while it closes or counts has done nothing; the next one does what it would have', async () => {
  const before = await state()
  const held = `where election = '${office.polling.election}' for update`
  const first = await startServer()
  // It has set the state and taken the key out by then, and waits in the middle of rewriting.
  await holding(house, `select from governance.ballot_paper ${held}`, async (waiting) => {
    const reply = first.close()
    await eventually(async () => expect(await waiting()).toBeGreaterThan(0))
    first.server.kill('SIGKILL')
    expect(await reply).toBe('killed')
  })
  expect(await state()).toEqual(before)

  await office.close()
  const closed = await state()
  expect(closed).toMatchObject([{ state: 'counting', seal: null, keys: 0, published: 0 }])
  // The count is queued: whoever takes it writes the results, and waits for the row of the contest.
  await holding(house, `select from governance.contest ${held}`, async (waiting) => {
    const second = await startServer()
    await eventually(async () => expect(await waiting()).toBeGreaterThan(0))
    second.server.kill('SIGKILL')
  })
  await eventually(async () => expect(await state()).toEqual(closed))

  await office.count()
  expect(await office.results()).toMatchObject({ counted: true, counters: { cast: 5 } })
  expect((await office.verify()).findings).toEqual([])
})
