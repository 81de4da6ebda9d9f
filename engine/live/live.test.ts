import { randomUUID } from 'node:crypto'
import { get } from 'node:http'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { cast, type Voice } from '@commonhall/engine/testing'
import { type Hall, openHall } from './testing/hall.ts'

let hall: Hall
let staff: Voice
let admin: Voice

beforeAll(async () => {
  // Nobody looks every few seconds whether something has happened: what is heard here has been told.
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  hall = await openHall()
  staff = await hall.house.as(cast.staff)
  admin = await hall.house.as(cast.admin)
})
afterAll(async () => {
  vi.useRealTimers()
  await hall.close()
})

const write = async (title: string) =>
  (await staff.post('/entries', { title })).json() as { id: string; version: number }

describe('somebody who listens to a list', () => {
  test('is told of what is made, changed, done, put aside and brought back, and where to find it', async () => {
    const stream = await hall.hear(staff, 'entries')
    const { id } = await write('A day')
    expect((await stream.next('change')).data).toEqual({ topic: 'entries', id, act: 'create', version: 1 })
    await staff.patch(`/entries/${id}`, { title: 'Another day' })
    expect((await stream.next('change')).data).toEqual({ topic: 'entries', id, act: 'update', version: 2 })
    await admin.post(`/entries/${id}/file`)
    expect((await stream.next('change')).data).toEqual({ topic: 'entries', id, act: 'file', version: 3 })
    await admin.delete(`/entries/${id}`)
    expect((await stream.next('change')).data).toEqual({ topic: 'entries', id, act: 'archive', version: 4 })
    await admin.post(`/entries/${id}/restore`)
    expect((await stream.next('change')).data).toEqual({ topic: 'entries', id, act: 'restore', version: 5 })
    expect(stream.heard).toEqual([])
  })

  test('is told that a record is gone, and once where much happens to it at once', async () => {
    const { id } = await write('Short')
    const stream = await hall.hear(staff, `entries,entries/${id}`)
    await hall.house.engine.act(await hall.house.caller(), async (_context, { query }) => {
      for (const title of ['a', 'b', 'c'])
        await query('update notebook.entry set title = $1 where id = $2', [title, id])
      await query('delete from notebook.entry where id = $1', [id])
    })
    expect((await stream.next('change')).data).toEqual({ topic: 'entries', id, act: 'delete', version: null })
    await write('Next')
    expect((await stream.next('change')).data).toMatchObject({ act: 'create' })
    expect(stream.heard).toEqual([])
  })

  test('is told once of very many, and who listens to one of them of that one', async () => {
    const { id } = await write('One of many')
    const [list, record] = [await hall.hear(staff, 'entries'), await hall.hear(staff, `entries/${id}`)]
    await hall.house.engine.act(await hall.house.caller(), async (_context, { query }) => {
      await query("insert into notebook.entry (title, state) select 'E ' || n, 'draft' from generate_series(1, 150) n")
      await query("update notebook.entry set title = 'Still', version = 2 where id = $1", [id])
    })
    expect((await list.next('change')).data).toEqual({ topic: 'entries', id: null, act: 'many', version: null })
    expect((await record.next('change')).data).toEqual({ topic: 'entries', id, act: 'update', version: 2 })
    expect([...list.heard, ...record.heard]).toEqual([])
  })

  test('hears nothing of what is rolled back, of other lists, or of other organizations', async () => {
    const stream = await hall.hear(staff, 'entries')
    const coop = await hall.house.as(cast.coopStaff)
    await coop.post('/entries', { title: 'Elsewhere' })
    await staff.post('/households', { name: 'Ortiz family' })
    await staff.post('/entries', { title: '' })
    const { id } = await write('Here')
    expect((await stream.next('change')).data).toMatchObject({ id })
    expect(stream.heard).toEqual([])
  })
})

test('somebody who listens to one record hears of that one alone', async () => {
  const [mine, other] = [await write('Mine'), await write('Other')]
  const stream = await hall.hear(staff, `entries/${mine.id}`)
  await staff.patch(`/entries/${other.id}`, { title: 'Changed' })
  await staff.patch(`/entries/${mine.id}`, { title: 'Changed' })
  expect((await stream.next('change')).data).toMatchObject({ topic: 'entries', id: mine.id, act: 'update', version: 2 })
  expect(stream.heard).toEqual([])
})

describe('the answer', () => {
  test('is a stream that nothing on the way keeps or changes', async () => {
    const { status, headers } = await hall.hear(staff, 'members', {})
    expect(status).toBe(200)
    expect(headers).toMatchObject({
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    })
    expect(headers['content-encoding']).toBeUndefined()
  })

  test('to a program that would take it compressed is not compressed either', async () => {
    const headers = { authorization: `Bearer ${staff.token}`, 'accept-encoding': 'gzip, br' }
    const encoding = await new Promise((done) => {
      const asked = get(`${hall.url}/api/v1/orgs/local-100/live?topics=members`, { headers }, (reply) => {
        done(reply.headers['content-encoding'])
        asked.destroy()
      })
    })
    expect(encoding).toBeUndefined()
  })

  test('to HEAD is its head alone', async () => {
    const reply = await staff.send({ method: 'HEAD', url: '/api/v1/orgs/local-100/live?topics=members' })
    expect([reply.statusCode, reply.headers['content-type'], reply.body]).toEqual([
      200,
      'text/event-stream; charset=utf-8',
      '',
    ])
  })

  test('to what cannot be listened to says what is wrong, and where', async () => {
    const wrong: Readonly<Record<string, [path: string, code: string]>> = {
      '': ['topics', 'required'],
      '?topics=,': ['topics', 'required'],
      '?topics=ghosts': ['topics', 'unknown_topic'],
      '?topics=audit': ['topics', 'unknown_topic'],
      '?topics=members/7': ['topics', 'unknown_topic'],
      [`?topics=members/${randomUUID()}/history`]: ['topics', 'unknown_topic'],
      '?topics=units': ['topics', 'unknown_topic'],
      [`?topics=${Array.from({ length: 51 }, () => `members/${randomUUID()}`).join()}`]: ['topics', 'too_many'],
      '?topics=members&wait=56': ['wait', 'bad_wait'],
      '?topics=members&wait=-1': ['wait', 'bad_wait'],
      '?topics=members&tab=1': ['tab', 'not_uuid'],
      '?topics=members&topics=units': ['topics', 'repeated'],
      '?topics=members&format=json': ['format', 'unknown_option'],
    }
    for (const [query, [path, code]] of Object.entries(wrong)) {
      const reply = await staff.get(`/live${query}`)
      expect([query, reply.statusCode, reply.json().errors]).toEqual([
        query,
        422,
        [expect.objectContaining({ path, code })],
      ])
    }
  })

  test('to anything whatever is meant, and never a fault', async () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom('members', 'inbox', '__proto__', ''),
    )
    await fc.assert(
      fc.asyncProperty(text, text, text, async (topics, after, other) => {
        const asked = new URLSearchParams({ topics: `members,${topics}`, after, wait: '0', tab: other })
        if (!other) asked.delete('tab')
        const headers = /^[\x20-\x7e]*$/.test(other) ? { 'last-event-id': other } : undefined
        const reply = await staff.get(`/live?${asked}`, headers)
        expect([200, 422], `${asked} → ${reply.body}`).toContain(reply.statusCode)
      }),
      { numRuns: 60 },
    )
  })

  test('says no as everywhere else: 401, 403, 404', async () => {
    const url = '/api/v1/orgs/local-100/live?topics=members'
    expect((await hall.house.app.inject({ url })).statusCode).toBe(401)
    const instructor = await hall.house.as(cast.instructor)
    const refused = await instructor.get('/live?topics=members')
    expect([refused.statusCode, refused.json().code]).toEqual([403, 'forbidden'])
    const stranger = await hall.house.as(cast.stranger, 'local-100')
    expect((await stranger.get('/live?topics=members')).statusCode).toBe(404)
  })

  test('is refused with 429 to a session that has too many streams', async () => {
    const voice = await hall.house.as(cast.officer2)
    const streams = await Promise.all(Array.from({ length: 16 }, () => hall.hear(voice, 'members')))
    expect(streams.filter(({ status }) => status === 200)).toHaveLength(15)
    const refused = streams.find(({ status }) => status === 429)
    expect(refused?.headers).toMatchObject({ 'retry-after': '30', 'content-type': expect.stringContaining('problem') })
  })
})

test('a hundred listeners hear of each change once', async () => {
  const people = [cast.staff, cast.admin, cast.officer, cast.staff, cast.admin]
  const voices = await Promise.all([...people, ...people].map((email) => hall.house.as(email)))
  const streams = await Promise.all(
    voices.flatMap((voice) => Array.from({ length: 10 }, () => hall.hear(voice, 'entries'))),
  )
  expect(streams.filter(({ status }) => status === 200)).toHaveLength(100)
  const { id } = await write('For all')
  // How soon, `npm run bench -- --only live` measures with a thousand.
  const told = await Promise.all(streams.map((stream) => stream.next('change')))
  expect(told.filter(({ data }) => data['id'] === id)).toHaveLength(100)
  await write('Once more')
  await Promise.all(streams.map((stream) => stream.next('change')))
  expect(streams.flatMap(({ heard }) => heard)).toEqual([])
  for (const stream of streams) stream.close()
})

test('meters say how many listen, what they are told and how late', async () => {
  const stream = await hall.hear(staff, 'entries')
  await write('Counted')
  await stream.next('change')
  const { body } = await hall.house.app.inject({ url: '/metrics' })
  expect(Number(/^commonhall_live_clients (\d+)/m.exec(body)?.[1])).toBeGreaterThan(0)
  expect(Number(/^commonhall_live_events_total\{event="change"\} (\d+)/m.exec(body)?.[1])).toBeGreaterThan(0)
  expect(Number(/^commonhall_live_lag_seconds_count (\d+)/m.exec(body)?.[1])).toBeGreaterThan(0)
  expect(body).toMatch(/^commonhall_live_dropped_total 0/m)
})

test('a server that stops ends its streams, and is gone at once', async () => {
  const other = await openHall([])
  const stream = await other.hear(await other.house.as(cast.staff), 'members')
  const begun = performance.now()
  await other.house.app.close()
  await stream.ended
  expect(performance.now() - begun).toBeLessThan(20_000)
  await other.house.close().catch(() => {})
})
