import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asOwner, asServer, cast, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { board, cardExpires, meeting } from '../testing/board.ts'
import { memberWithout, tellAll, userOf } from '../testing/telling.ts'

let house: TestHouse
let officer: Voice
let staff: Voice
beforeAll(async () => {
  house = await openHouse({ modules: [board] })
  ;[officer, staff] = [await house.as(cast.officer), await house.as(cast.staff)]
})
afterAll(() => house.close())
beforeEach(() => asOwner(house, 'delete from foundation.notification'))

interface Line {
  readonly id: string
  readonly title: string
  readonly facts: readonly { readonly value: string }[]
  readonly read_at: string | null
  readonly path: string | null
}

const inbox = async (voice: Voice, query = '') =>
  (await voice.get(`/inbox${query}`)).json() as {
    data: Line[]
    page: { next: string | null }
    unread: number
  }

const titles = async (voice: Voice) => (await inbox(voice)).data.map(({ title }) => title)

describe('people are told', () => {
  test('by role, each once, whatever else names them', async () => {
    const to = [{ role: 'officer' }, { user: await userOf(house, cast.officer) }, { role: 'staff' }] as const
    await tellAll(house, meeting, { place: 'the hall' }, { to })
    expect(await titles(officer)).toEqual(['We meet in the hall'])
    expect(await titles(staff)).toEqual(['We meet in the hall'])
    expect(await titles(await house.as(cast.instructor))).toEqual([])
    expect(await titles(await house.as(cast.coopStaff))).toEqual([])
  })

  test('in short: of a long text as much as a notice carries', async () => {
    await tellAll(house, meeting, { place: '😀'.repeat(5000) }, { to: { role: 'officer' } })
    const [title = ''] = await titles(officer)
    expect(title).toMatch(/^We meet in (😀)+.?…$/u)
    expect(title.length).toBeLessThan(1100)
  })

  test('by permission, as the org has changed its roles', async () => {
    const change = (changes: object) =>
      asOwner(
        house,
        `update foundation.role set changes = $1 where name = 'instructor'
          and org_id = (select id from foundation.org where slug = 'local-100')`,
        [JSON.stringify(changes)],
      )
    const to = { permission: 'foundation.audit_line.read' }
    await change({ 'foundation.audit_line.read': true })
    await tellAll(house, meeting, { place: 'the school' }, { to })
    await change({})
    expect(await titles(await house.as(cast.instructor))).toEqual(['We meet in the school'])
    expect(await titles(officer)).toEqual(['We meet in the school'])
    expect(await titles(staff)).toEqual([])
  })

  test('of what others did, and of their own doing only when it was meant for them alone', async () => {
    await tellAll(house, meeting, { place: 'the yard' }, { to: [{ role: 'officer' }, { role: 'staff' }] }, cast.officer)
    expect(await titles(officer)).toEqual([])
    expect(await titles(staff)).toEqual(['We meet in the yard'])
    await tellAll(
      house,
      meeting,
      { place: 'my room' },
      { to: { user: await userOf(house, cast.officer) } },
      cast.officer,
    )
    expect(await titles(officer)).toEqual(['We meet in my room'])
  })

  test('once under a key, however often at the same time', async () => {
    const tries = Array.from({ length: 200 }, () =>
      tellAll(house, meeting, { place: 'the hall' }, { to: { role: 'staff' }, key: 'may' }),
    )
    await Promise.all(tries)
    const [{ rows } = { rows: 0 }] = await asOwner<{ rows: number }>(
      house,
      'select count(*)::integer as rows from foundation.notification where user_id = $1',
      [await userOf(house, cast.staff)],
    )
    expect(rows).toBe(1)
  })

  test('only if the change commits', async () => {
    const caller = await house.caller()
    const failing = house.engine.act(caller, async (context) => {
      await context.notify(meeting, { place: 'nowhere' }, { to: { role: 'staff' } })
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(await titles(staff)).toEqual([])
  })
})

describe('rules hold in an inbox too', () => {
  test('facts and records are shown to those who may read them', async () => {
    const about = { resource: 'members.member', id: await memberWithout(house, 'ann@people.example') }
    const to = [{ role: 'officer' }, { role: 'treasurer' }, { role: 'member' }] as const
    await tellAll(house, cardExpires, { name: 'Ann', days: 3, born: '1990-01-01' }, { to, about })
    const [seen] = (await inbox(officer)).data
    expect([seen?.path, seen?.facts.length]).toEqual([`/members/${about.id}`, 1])
    const [blind] = (await inbox(await house.as(cast.treasurer))).data
    expect([blind?.path, blind?.facts]).toEqual([`/members/${about.id}`, []])
    const [veiled] = (await inbox(await house.as(cast.member))).data
    expect([veiled?.path, veiled?.title, veiled?.facts]).toEqual([null, 'Cards that expire', []])
  })

  test('nobody opens the inbox of somebody else, even past the routes', async () => {
    await tellAll(house, meeting, { place: 'the hall' }, { to: [{ role: 'officer' }, { role: 'staff' }] })
    const [theirs] = (await inbox(officer)).data
    const marked = await staff.post('/inbox/read', { ids: [theirs?.id] })
    expect([marked.statusCode, marked.json()]).toEqual([200, { unread: 1 }])
    expect((await inbox(officer)).unread).toBe(1)
    const { org } = await house.caller()
    const { rows } = await asServer<{ n: number }>(
      house,
      org.id,
      `with who as materialized (select set_config('app.user', $1, true))
      select (select count(*)::integer from foundation.notification where user_id <> $2::uuid) as n from who`,
      [await userOf(house, cast.staff), await userOf(house, cast.staff)],
    )
    expect(rows[0]?.n).toBe(0)
  })

  test('an API key has none', async () => {
    const admin = await house.as(cast.admin)
    const { key } = (await admin.post('/api-keys', { name: 'Door', scopes: ['members.member.read'] })).json()
    const reply = await house.app.inject({
      url: '/api/v1/orgs/local-100/inbox',
      headers: { authorization: `Bearer ${key}` },
    })
    expect(reply.statusCode).toBe(403)
  })
})

describe('an inbox', () => {
  test('is read page by page, and marked as read and unread', async () => {
    for (const place of ['a', 'b', 'c']) await tellAll(house, meeting, { place }, { to: { role: 'staff' } })
    const first = await inbox(staff, '?limit=2')
    const rest = await inbox(staff, `?limit=2&after=${first.page.next}`)
    expect([...first.data, ...rest.data].map(({ title }) => title.at(-1))).toEqual(['c', 'b', 'a'])
    expect([first.unread, rest.page.next]).toEqual([3, null])
    const [newest, middle] = first.data
    expect((await staff.post('/inbox/read', { ids: [newest?.id, middle?.id] })).json()).toEqual({ unread: 1 })
    expect((await inbox(staff, '?unread=true')).data.map(({ title }) => title.at(-1))).toEqual(['a'])
    expect((await staff.post('/inbox/unread', { ids: [newest?.id] })).json()).toEqual({ unread: 2 })
    expect((await staff.post('/inbox/read', { all: true })).json()).toEqual({ unread: 0 })
  })

  test('says what is wrong with what was asked', async () => {
    for (const body of [{}, { all: false }, { ids: ['x'] }, { ids: [], all: true }, { ids: [], more: 1 }])
      expect([body, (await staff.post('/inbox/read', body)).statusCode]).toEqual([body, 422])
    expect((await staff.post('/inbox/unread', { all: true })).statusCode).toBe(422)
    expect((await staff.get('/inbox?unread=maybe')).statusCode).toBe(400)
    expect((await staff.get('/inbox?after=x')).statusCode).toBe(400)
  })

  test('tells the pages how many are unread, once it is so', async () => {
    const heard: unknown[] = []
    house.engine.signals.on('inbox', (signal) => void heard.push(signal))
    await tellAll(house, meeting, { place: 'the hall' }, { to: { role: 'staff' } })
    const { org } = await house.caller()
    expect(heard).toContainEqual({ org: org.id, topic: 'inbox', users: [await userOf(house, cast.staff)] })
  })
})
