import { setTimeout as sleep } from 'node:timers/promises'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cast, type Voice } from '@commonhall/engine/testing'
import { type Hall, openHall } from './testing/hall.ts'

let hall: Hall
let staff: Voice
let unread = 4

beforeAll(async () => {
  hall = await openHall()
  staff = await hall.house.as(cast.staff)
  hall.house.engine.live.countUnread = (_access, users) => Promise.resolve(new Map(users.map((user) => [user, unread])))
})
afterAll(() => hall.close())

interface Polled {
  readonly events: { id: string | null; event: string; data: Record<string, unknown> }[]
  readonly next: string
}

async function poll(topics: string, wait: number, after = '', voice = staff): Promise<Polled> {
  const reply = await voice.get(`/live?topics=${topics}&wait=${wait}${after && `&after=${encodeURIComponent(after)}`}`)
  expect(reply.statusCode, reply.body).toBe(200)
  return reply.json()
}

const write = async (title: string) => (await staff.post('/entries', { title })).json() as { id: string }

test('the first poll answers at once with where to go on', async () => {
  const begun = performance.now()
  const { events, next } = await poll('entries', 50)
  expect(events).toEqual([])
  expect(next).not.toBe('')
  expect(performance.now() - begun).toBeLessThan(40_000)
})

test('a poll waits for the next change, and no longer', async () => {
  const { next } = await poll('entries', 25)
  const waiting = poll('entries', 25, next)
  await sleep(100)
  const { id } = await write('While somebody waits')
  const { events, next: following } = await waiting
  expect(events).toEqual([
    { id: expect.any(String), event: 'change', data: { topic: 'entries', id, act: 'create', version: 1 } },
  ])
  const missed = await write('Between two polls')
  const then = await poll('entries', 25, following)
  expect(then.events.map(({ data }) => data['id'])).toEqual([missed.id])
})

test('a poll in whose time nothing happens is answered with nothing, and the position stays good', async () => {
  const { next } = await poll('entries', 0)
  const quiet = await poll('entries', 1, next)
  expect(quiet.events).toEqual([])
  const { id } = await write('Afterwards')
  expect((await poll('entries', 25, quiet.next)).events[0]?.data).toMatchObject({ id })
})

test('what stands in no log is told when it is different from the last time', async () => {
  const first = await poll('inbox', 25)
  expect(first.events).toEqual([{ id: null, event: 'inbox', data: { unread: 4 } }])
  expect((await poll('inbox', 0, first.next)).events).toEqual([])
  unread = 5
  const second = await poll('inbox', 25, first.next)
  expect(second.events).toEqual([{ id: null, event: 'inbox', data: { unread: 5 } }])
  const waiting = poll('inbox', 25, second.next)
  await sleep(100)
  unread = 6
  const { org, actor } = await callerOf()
  hall.house.engine.signals.tell({ org: org.id, topic: 'inbox', users: [actor.userId] })
  expect((await waiting).events).toMatchObject([{ event: 'inbox', data: { unread: 6 } }])
})

test('whoever has nothing unread is told so', async () => {
  const { countUnread } = hall.house.engine.live
  hall.house.engine.live.countUnread = () => Promise.resolve(new Map())
  expect((await poll('inbox', 25)).events).toMatchObject([{ event: 'inbox', data: { unread: 0 } }])
  hall.house.engine.live.countUnread = countUnread
})

async function callerOf() {
  const [, body = ''] = staff.token.split('.')
  const { sub } = JSON.parse(Buffer.from(body, 'base64url').toString()) as { sub: string }
  return { org: (await hall.house.caller()).org, actor: { userId: sub } }
}

test('who edits is told when it changes, and nobody is no news', async () => {
  const { id } = await write('Edited')
  const admin = await hall.house.as(cast.admin)
  const tab = randomUUID()
  const topic = `entries/${id}`
  const first = await poll(topic, 25)
  expect(first.events).toEqual([])
  expect((await poll(topic, 0, first.next)).events).toEqual([])
  await admin.post('/live/editing', { topic, editing: true, tab })
  const second = await poll(topic, 25, first.next)
  expect(second.events).toMatchObject([{ event: 'editing', data: { topic, people: [{ name: expect.any(String) }] } }])
  expect((await poll(topic, 0, second.next)).events).toEqual([])
  await admin.post('/live/editing', { topic, editing: false, tab })
  expect((await poll(topic, 25, second.next)).events).toMatchObject([{ event: 'editing', data: { topic, people: [] } }])
})

test('a position that nobody knows is answered with reset', async () => {
  const { events, next } = await poll('entries', 25, 'nonsense')
  expect(events).toMatchObject([{ event: 'reset', data: {} }])
  expect((await poll('entries', 0, next)).events).toEqual([])
})
