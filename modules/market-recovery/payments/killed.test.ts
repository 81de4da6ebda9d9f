import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, eventually, holding, openHouse, Server, type TestHouse } from '@commonhall/engine/testing'
import { done, Local, made, march } from '../testing/local.ts'
import { approvedWeeks } from '../testing/many.ts'

const many = 200

let house: TestHouse
let local: Local
const servers: Server[] = []
beforeAll(async () => {
  house = await openHouse()
  local = await Local.open(house)
  await approvedWeeks(local, many)
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

/** Everything that payments are about, as it would be told in another house too. */
const state = () =>
  asOwner(
    house,
    `select a.number as assignment, h.state, h.paid_on, p.number as payment, p.state as payment_state, p.subsidy,
      b.state as batch_state, g.committed, g.paid,
      (select sum(l.amount) from ledger.line l join ledger.entry e on e.org_id = l.org_id and e.id = l.entry
        where e.source_record = p.id and l.amount > 0) as booked
    from market_recovery.hours h
    join market_recovery.assignment a on a.id = h.assignment
    join market_recovery.program g on g.id = h.program
    left join market_recovery.payment p on p.id = h.payment
    left join market_recovery.payment_batch b on b.id = p.batch
    where h.program = $1 order by a.number`,
    [local.program],
  )

/** Kills a server in the middle of something: while it waits for a row that is held. */
async function killedWhile(held: string, path: string, body: object): Promise<void> {
  const server = await startServer()
  await holding(house, held, async (waiting) => {
    const reply = server.post(`/local-100${path}`, local.treasurer.token, body)
    await eventually(async () => expect(await waiting()).toBeGreaterThan(0))
    await server.kill()
    expect(await reply).toBe('killed')
  })
}

test('a server killed while it prepares or pays has done nothing; run again, it does what it would have', async () => {
  const body = { ...march, program: local.program }
  const before = await state()
  const weeks = `select from market_recovery.hours where program = '${local.program}'`
  await killedWhile(`${weeks} order by id offset ${many / 2} limit 1 for update`, '/payment-batches', body)
  expect(await state()).toEqual(before)
  const batch = await made(local.treasurer, '/payment-batches', body)
  expect(batch).toMatchObject({ payments: many, subsidy: `${many * 600}.00` })
  expect((await state()).map(({ payment }) => payment)).toEqual(
    before.map((_, n) => `${batch['number']}-${String(n + 1).padStart(4, '0')}`),
  )

  for (const act of ['release', 'export']) await done(local.officer, `/payment-batches/${batch['id']}/${act}`)
  const owed = await state()
  const program = `select from market_recovery.program where id = '${local.program}' for update`
  await killedWhile(program, `/payment-batches/${batch['id']}/pay`, { paid_on: '2025-04-01' })
  expect(await state()).toEqual(owed)
  await done(local.treasurer, `/payment-batches/${batch['id']}/pay`, { paid_on: '2025-04-01' })
  expect(new Set((await state()).map((one) => `${one['state']} ${one['booked']} ${one['paid']}`))).toEqual(
    new Set([`paid 1200.00 ${many * 600}.00`]),
  )
  expect(await local.discrepancies()).toEqual([])
})
