import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, eventually, openHouse, type TestHouse } from '@commonhall/engine/testing'
import { testSettings } from '../../../testing/settings.ts'
import { startWorker } from '../../../testing/worker.ts'
import { removeStrays } from '../../uploads/sweep/strays.ts'
import { sweep } from '../../uploads/sweep/sweep.ts'
import { gather, inPieces, sha256Of, someBytes } from '../testing/bytes.ts'
import { s3Environment } from '../testing/environment.ts'
import { plantContent } from '../testing/planted.ts'
import { findS3 } from '../testing/s3-server.ts'
import { examineFiles } from './examine.ts'
import { moveInStretches, type MoveOrder, moveStands } from './move-job.ts'

const many = 30
const days = (some: number) => new Date(Date.now() + some * 24 * 3600_000)

const { server, called } = await findS3()
const s3 = server ? s3Environment(server.settings) : {}
let house: TestHouse
let org: string
const workers: ChildProcess[] = []

beforeAll(async () => {
  house = await openHouse({ settings: { environment: { ...testSettings.environment, ...s3 } } })
  org = (await house.caller()).org.id
})
afterAll(async () => {
  for (const worker of workers) worker.kill('SIGKILL')
  await house.close()
  await server?.end()
})

const storeOf = (name: string) => house.engine.files.stores.of(name)
const pieces = async (name: string) => (await Array.fromAsync(storeOf(name).walk())).length
const rowsIn = async (store: string) => {
  const [row] = await asOwner<{ count: number }>(
    house,
    `select count(*)::integer from (select store from foundation.file_content
      union all select store from foundation.file_preview) as s where store = $1`,
    [store],
  )
  return row?.count ?? 0
}
const plant = async () =>
  await Promise.all(Array.from({ length: many }, (_, seed) => plantContent(house, org, storeOf('disk'), seed + 1)))
/** What the command says at its end, as it is typed. */
async function move(): Promise<string> {
  const { ground, engine } = house
  const { dataDir, secret } = engine.settings
  const env = {
    PATH: process.env['PATH'] ?? '',
    DATABASE_URL: ground.ownerUrl,
    DATA_DIR: dataDir,
    JWT_SECRET: secret,
    ...s3,
  }
  const child = spawn('bin/commonhall', ['files', 'move', '--to', 's3', '--json'], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let said = ''
  child.stdout.on('data', (text: Buffer) => (said += text.toString()))
  await once(child, 'close')
  return said
}

const forget = () => asOwner(house, 'delete from foundation.file_content')

test.skipIf(!server)(`moving goes a stretch at a time, each of which is a job of its own (${called})`, async () => {
  await plant()
  const sent: MoveOrder[] = []
  // No stretch has time for more than it has begun.
  const engine = Object.assign(Object.create(house.engine) as typeof house.engine, {
    meters: { registerMetric() {} },
    jobs: {
      note: (_: string, __: string, order: MoveOrder) => Promise.resolve(void sent.push(order)),
      send: (_: string, order: MoveOrder) => Promise.resolve(void sent.push(order)),
    },
  })
  const job = moveInStretches(engine, { stretch: 0, grace: 0 })
  let order: MoveOrder = { to: 's3' }
  for (let runs = 0; order.step !== 'done'; runs++) {
    expect(runs).toBeLessThan(many)
    await job.run(order, { id: '', failures: 0, last: false })
    // As it is kept.
    order = JSON.parse(JSON.stringify(sent.at(-1))) as MoveOrder
  }
  const copies = sent.filter(({ step }) => step === 'copy')
  expect(copies.length).toBeGreaterThan(5)
  expect(copies.map(({ moved }) => moved?.pieces)).toEqual(
    copies.map(({ moved }) => moved?.pieces).toSorted((a = 0, b = 0) => a - b),
  )
  expect(order.moved).toMatchObject({ pieces: 2 * many, failed: 0, removed: 2 * many })
  expect([await pieces('disk'), await pieces('s3'), await rowsIn('s3')]).toEqual([0, 2 * many, 2 * many])
  await forget()
  await sweep(house.engine, days(2))
  expect(await pieces('s3')).toBe(0)
})

test.skipIf(!server)(
  `a worker that is killed in the middle of a move loses nothing, and another goes on (${called})`,
  async () => {
    const kept = await plant()
    workers.push(await startWorker(house, { ...s3, DATA_DIR: house.engine.settings.dataDir }))
    // One cannot be switched for as long as this is held, so that it never is done too soon.
    const holder = new pg.Client(house.ground.ownerUrl)
    await holder.connect()
    const held = `content ${org} ${kept[0]?.sha256}`
    await holder.query('select pg_advisory_lock(hashtextextended($1, 0))', [held])
    const command = move()
    await eventually(async () => expect(await rowsIn('s3')).toBeGreaterThan(5))
    workers[0]?.kill('SIGKILL')
    await holder.end()
    const moved = await rowsIn('s3')
    expect(moved).toBeLessThan(2 * many)
    expect((await examineFiles(house.engine, true)).counts).toEqual({ missing: 0, changed: 0, orphaned: 0 })
    // Whoever asks for it once more is told of the one that there is.
    expect(await moveStands(house.engine)).toMatchObject({ state: 'active', order: { to: 's3' } })
    await house.engine.startWork()
    await eventually(async () => {
      await house.engine.jobs.sweep(0.2)
      await asOwner(house, "update queue.job set start_after = now() where name = 'files.bytes-are-moved'")
      expect(await moveStands(house.engine)).toMatchObject({ state: 'completed', order: { step: 'done' } })
    })
    const stands = await moveStands(house.engine)
    expect(stands?.order.moved).toMatchObject({ failed: 0, removed: 2 * many })
    expect(JSON.parse(await command)).toEqual(stands?.order.moved)
    expect(await rowsIn('s3')).toBe(2 * many)
    await removeStrays(house.engine, days(2))
    expect([await pieces('disk'), await pieces('s3')]).toEqual([0, 2 * many])
    expect((await examineFiles(house.engine, true)).troubles).toEqual([])
    for (const one of kept) expect(sha256Of(await gather(await storeOf('s3').read(one)))).toBe(one.sha256)
    await forget()
    await sweep(house.engine, days(2))
  },
)

test.skipIf(!server)(`what has no row is found and swept in whichever store it is (${called})`, async () => {
  const address = (seed: number) => ({ org, kind: 'content', sha256: sha256Of(someBytes(10, seed)) }) as const
  for (const [seed, name] of ['disk', 's3'].entries()) {
    await storeOf(name).write(address(seed + 1), inPieces(someBytes(10, seed + 1)), 10)
    await storeOf(name).append({ org, upload: crypto.randomUUID() }, 0, inPieces(someBytes(10)))
  }
  expect((await examineFiles(house.engine, false, days(2))).troubles.map(({ store }) => store).toSorted()).toEqual([
    'disk',
    'disk',
    's3',
    's3',
  ])
  await sweep(house.engine, days(2))
  expect([await pieces('disk'), await pieces('s3')]).toEqual([0, 0])
})
