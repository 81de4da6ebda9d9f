import { execFileSync, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { asOwner, cast, freePort, voiceOf } from '@commonhall/engine/testing'
import { tellUnread } from '../notifications/inbox/tell-unread.ts'
import { openHall } from './testing/hall.ts'

/** Debian's package `redis-server`; where it is not installed, these tests are skipped and say so. */
const redis = (() => {
  try {
    return execFileSync('sh', ['-c', 'command -v redis-server'], { encoding: 'utf8' }).trim()
  } catch {
    return null
  }
})()

async function startRedis(port: number) {
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
  const server = spawn(redis ?? '', options, { stdio: ['ignore', 'pipe', 'ignore'] })
  for await (const line of server.stdout) if (String(line).includes('Ready to accept')) break
  return server
}

/** Two processes on one database, as far as either can tell: a stream at one, a writer at the other. */
async function openTwo(settings: Parameters<typeof openHall>[1] = {}) {
  const hall = await openHall([], settings)
  const twin = await hall.house.twin()
  const app = await twin.server()
  const reader = await hall.house.as(cast.staff)
  const writer = voiceOf(app, (await hall.house.as(cast.admin)).token, 'local-100')
  await Promise.all([hall.house, twin].map(({ engine }) => engine.signals.attend()))
  const id = (await reader.get('/members?limit=1&filter[state]=active')).json().data[0].id as string
  let n = 1000
  const change = () => writer.patch(`/members/${id}`, { phone: `(555) 012-${(n += 1)}` })
  return {
    hall,
    twin,
    reader,
    writer,
    id,
    change,
    async close() {
      await app.close()
      await twin.close()
      await hall.close()
    },
  }
}

type Two = Awaited<ReturnType<typeof openTwo>>

/** Some changes in one process are heard in the other, one after the other. */
async function hearsOfEach({ hall, reader, id, change }: Two, within?: number): Promise<boolean> {
  const stream = await hall.hear(reader, 'members')
  for (let n = 0; n < 4; n += 1) {
    expect((await change()).statusCode).toBe(200)
    expect((await stream.next('change', within)).data).toMatchObject({ id })
  }
  stream.close()
  return true
}

// What is heard here somebody has told, or was asked for: nobody looks every few seconds, but when a test says so.
beforeAll(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] }))
afterAll(() => void vi.useRealTimers())
const lookAnyway = () => vi.advanceTimersByTime(5000)

const carriers = [
  { name: 'PostgreSQL', open: () => Promise.resolve({ settings: {}, stop: () => {} }) },
  {
    name: 'Redis',
    open: async () => {
      const port = await freePort()
      const server = await startRedis(port)
      return { settings: { redisUrl: `redis://127.0.0.1:${port}` }, stop: () => void server.kill() }
    },
  },
]

describe.each(carriers)('two processes that $name tells of each other', ({ name, open }) => {
  const skip = name === 'Redis' && !redis
  let two: Two
  let stop: () => void

  beforeAll(async () => {
    if (skip) return
    const carrier = await open()
    stop = carrier.stop
    two = await openTwo(carrier.settings)
  })
  afterAll(async () => {
    await two?.close()
    stop?.()
  })

  test.skipIf(skip)('hear of a change in the other without looking for it', async () => {
    expect(await hearsOfEach(two)).toBe(true)
  })

  test.skipIf(skip)('hear that something was told to hundreds in the other', async () => {
    const stream = await two.hall.hear(two.reader, 'inbox')
    await stream.next('inbox')
    const [row] = await asOwner<{ id: string }>(two.hall.house, 'select id from foundation.user where email = $1', [
      cast.staff,
    ])
    const others = Array.from({ length: 600 }, () => randomUUID())
    const { org } = await two.hall.house.caller()
    tellUnread(two.twin.engine, org.id, [...others, row?.id ?? ''])
    expect((await stream.next('inbox')).data).toMatchObject({ unread: expect.any(Number) })
  })

  test.skipIf(skip)('see who is editing in the other', async () => {
    const topic = `members/${two.id}`
    const stream = await two.hall.hear(two.reader, topic)
    const tab = randomUUID()
    await two.writer.post('/live/editing', { topic, editing: true, tab })
    expect((await stream.next('editing')).data['people']).toHaveLength(1)
    const own = await two.reader.post('/live/editing', { topic, editing: true, tab: randomUUID() })
    expect(own.json().people).toHaveLength(1)
    await two.writer.post('/live/editing', { topic, editing: false, tab })
    await expect.poll(async () => (await stream.next('editing')).data['people']).toEqual([])
  })
})

test('a listening connection that is killed is opened anew, and nothing is missed', async () => {
  const two = await openTwo()
  const pids = async () => {
    const rows = await asOwner<{ pid: number }>(
      two.hall.house,
      "select pid from pg_stat_activity where application_name = 'commonhall signals' and datname = current_database()",
    )
    return rows.map(({ pid }) => pid)
  }
  const stream = await two.hall.hear(two.reader, 'members,inbox')
  await stream.next('inbox')
  await expect.poll(pids).toHaveLength(2)
  const before = await pids()
  for (const pid of before) await asOwner(two.hall.house, 'select pg_terminate_backend($1)', [pid])
  await two.change()
  expect((await stream.next('change')).data).toMatchObject({ id: two.id })
  await expect.poll(async () => (await pids()).filter((pid) => !before.includes(pid))).toHaveLength(2)
  // What was told meanwhile, and did not arrive, is asked for.
  await stream.next('inbox')
  await hearsOfEach(two)
  await two.close()
})

test.skipIf(!redis)(
  'Redis may go away and come back: writes do not notice, and changes are seen somewhat later',
  async () => {
    const port = await freePort()
    const first = await startRedis(port)
    const two = await openTwo({ redisUrl: `redis://127.0.0.1:${port}` })
    await hearsOfEach(two)
    const stream = await two.hall.hear(two.reader, 'members')
    first.kill('SIGKILL')
    await once(first, 'exit')
    expect((await two.change()).statusCode).toBe(200)
    expect(stream.heard).toEqual([])
    lookAnyway()
    expect((await stream.next('change')).data).toMatchObject({ id: two.id })
    const second = await startRedis(port)
    const heard = () => hearsOfEach(two, 1000).catch((error: Error) => error.message)
    await expect.poll(heard, { timeout: 60_000 }).toBe(true)
    await two.close()
    second.kill()
  },
)
