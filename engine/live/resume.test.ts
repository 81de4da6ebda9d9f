import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cast, type Voice } from '@commonhall/engine/testing'
import { type Hall, openHall } from './testing/hall.ts'

let hall: Hall
let staff: Voice
let org: string

beforeAll(async () => {
  hall = await openHall()
  staff = await hall.house.as(cast.staff)
  org = (await hall.house.caller()).org.id
})
afterAll(() => hall.close())

const write = async (title: string) => (await staff.post('/entries', { title })).json() as { id: string }

/** A transaction that has written an entry and not committed yet: its line of the log already has its id. */
async function writeLate(title: string) {
  const client = new pg.Client(hall.house.ground.appUrl)
  await client.connect()
  await client.query('begin')
  await client.query("select set_config('app.org', $1, true)", [org])
  const { rows } = await client.query<{ id: string }>(
    "insert into notebook.entry (title, state) values ($1, 'draft') returning id",
    [title],
  )
  return {
    id: rows[0]?.id ?? '',
    async commit() {
      await client.query('commit')
      await client.end()
    },
  }
}

describe('whoever comes back', () => {
  test('is told what they missed, by the last id that they heard, and then what happens', async () => {
    const first = await hall.hear(staff, 'entries')
    await write('Heard')
    const { id: lastEventId = '' } = await first.next('change')
    first.close()
    const [one, two] = [await write('Missed'), await write('Missed too')]
    const again = await hall.hear(staff, 'entries', { lastEventId })
    expect((await again.next('change')).data).toMatchObject({ id: one.id, act: 'create' })
    expect((await again.next('change')).data).toMatchObject({ id: two.id, act: 'create' })
    const three = await write('Now')
    expect((await again.next('change')).data).toMatchObject({ id: three.id })
    expect(again.heard).toEqual([])
  })

  test('is given a position though nothing has happened yet, and by ?after= too', async () => {
    const first = await hall.hear(staff, 'entries')
    await expect.poll(first.lastId).not.toBe('')
    first.close()
    const { id } = await write('Missed')
    const again = await hall.hear(staff, 'entries', { query: `&after=${first.lastId()}` })
    expect((await again.next('change')).data).toMatchObject({ id })
  })

  test('reads everything anew when nobody knows what was missed', async () => {
    for (const lastEventId of ['nonsense', 'x'.repeat(300), '~~~', '%00']) {
      const stream = await hall.hear(staff, 'entries', { lastEventId })
      const reset = await stream.next('reset')
      expect(reset.data).toEqual({})
      expect(reset.id).toMatch(/^[\w-]+$/)
    }
  })

  test('is told nothing of another organization by its position', async () => {
    const stream = await hall.hear(staff, 'entries')
    await write('Here')
    const { id: lastEventId = '' } = await stream.next('change')
    const coop = await hall.house.as(cast.coopStaff)
    const there = await hall.hear(coop, 'entries', { slug: 'riverside', lastEventId })
    expect((await there.next('reset')).data).toEqual({})
  })

  test('reads everything anew after thousands of changes', async () => {
    const first = await hall.hear(staff, 'entries')
    await expect.poll(first.lastId).not.toBe('')
    first.close()
    await hall.house.engine.act(await hall.house.caller(), async (_context, { query }) => {
      await query("insert into notebook.entry (title, state) select 'E ' || n, 'draft' from generate_series(1, 2100) n")
    })
    const again = await hall.hear(staff, 'entries', { lastEventId: first.lastId() })
    await again.next('reset')
    expect(again.heard).toEqual([])
  })
})

describe('what is committed late, behind what has been told already,', () => {
  test('is told when it is committed', async () => {
    const stream = await hall.hear(staff, 'entries')
    const late = await writeLate('Late')
    const { id } = await write('Prompt')
    expect((await stream.next('change')).data).toMatchObject({ id })
    // A few rounds that see it running.
    for (const title of ['a', 'b']) {
      await write(title)
      await stream.next('change')
    }
    await late.commit()
    expect((await stream.next('change')).data).toMatchObject({ id: late.id, act: 'create' })
  })

  test('is told to whoever was away meanwhile', async () => {
    const first = await hall.hear(staff, 'entries')
    const late = await writeLate('Late')
    await write('Prompt')
    const { id: lastEventId = '' } = await first.next('change')
    first.close()
    await late.commit()
    const again = await hall.hear(staff, 'entries', { lastEventId })
    expect((await again.next('change')).data).toMatchObject({ id: late.id })
  })

  test('and was running when the first one came, is told too', async () => {
    const late = await writeLate('Begun before anybody listened')
    const coming = await hearAlone()
    await late.commit()
    expect((await coming.next('change')).data).toMatchObject({ id: late.id })
  })
})

/** A stream where nobody else listens at the moment. */
async function hearAlone() {
  hall.hushAll()
  await expect.poll(() => hall.house.engine.live.count).toBe(0)
  return await hall.hear(staff, 'entries')
}

test('whoever writes all the time loses nobody a change', async () => {
  const stream = await hall.hear(staff, 'entries')
  const lates = await Promise.all(['L1', 'L2', 'L3'].map(writeLate))
  const writes = Array.from({ length: 60 }, async (_, n) => {
    await sleep(n * 5)
    if (n % 20 === 10) await lates[Math.floor(n / 20)]?.commit()
    return (await write(`W ${n}`)).id
  })
  const ids = new Set([...(await Promise.all(writes)), ...lates.map(({ id }) => id)])
  while (ids.size) ids.delete(String((await stream.next('change')).data['id']))
  expect(ids.size).toBe(0)
})
