import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, eventually, holding, openHouse, Server, type TestHouse } from '@commonhall/engine/testing'
import { Office } from '../testing/office.ts'

let house: TestHouse
let office: Office
const servers: Server[] = []
beforeAll(async () => {
  house = await openHouse()
  office = await Office.open(house, 8)
  await office.online({ 0: 1, 1: 1, 2: 0, 3: 1, 4: 2 })
})
afterAll(async () => {
  for (const server of servers) await server.kill()
  await house.close()
})

/** The server as it is started, in a process of its own. */
async function startServer(): Promise<Server> {
  const server = await Server.of(house, { works: true })
  servers.push(server)
  await server.start()
  return server
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
    const path = `/local-100${office.at}/close`
    const reply = first.post(path, office.officer.token, { reason: 'All are here.' })
    await eventually(async () => expect(await waiting()).toBeGreaterThan(0))
    await first.kill()
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
    await second.kill()
  })
  await eventually(async () => expect(await state()).toEqual(closed))

  await office.count()
  expect(await office.results()).toMatchObject({ counted: true, counters: { cast: 5 } })
  expect((await office.verify()).findings).toEqual([])
})
