import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cast, type Voice } from '@commonhall/engine/testing'
import { Editing, type Stir } from './editing.ts'
import { type Hall, openHall } from './testing/hall.ts'

describe('who is editing', () => {
  const stir = (id: string, more: Partial<Stir> = {}): Stir => ({
    org: 'o',
    record: 'members/1',
    tab: `tab of ${id}`,
    editor: { id, name: id.toUpperCase(), since: '2026-01-01T00:00:00Z' },
    editing: true,
    ...more,
  })
  const names = (editing: Editing, but = '') => editing.people('o', 'members/1', but).map(({ name }) => name)

  test('is everybody who said so, but oneself, each once', () => {
    const editing = new Editing()
    expect(editing.stir(stir('ann'))).toBe(true)
    expect(editing.stir(stir('ann', { tab: 'another' }))).toBe(false)
    expect(editing.stir(stir('ben', { editor: { id: 'ben', name: 'BEN', since: '2025-12-31T00:00:00Z' } }))).toBe(true)
    expect(names(editing)).toEqual(['BEN', 'ANN'])
    expect(names(editing, 'ann')).toEqual(['BEN'])
    expect(editing.people('other', 'members/1', '')).toEqual([])
    expect(editing.stir(stir('ann', { editing: false }))).toBe(false)
    expect(editing.stir(stir('ann', { editing: false, tab: 'another' }))).toBe(true)
    expect(names(editing)).toEqual(['BEN'])
  })

  test('holds for 45 seconds after the last word', () => {
    let now = 0
    const editing = new Editing(() => now)
    editing.stir(stir('ann'))
    now = 40_000
    editing.stir(stir('ann'))
    now = 84_000
    expect(editing.expire()).toEqual([])
    now = 85_000
    expect(editing.expire()).toMatchObject([{ record: 'members/1' }])
    expect([names(editing), editing.isEmpty]).toEqual([[], true])
  })

  test('is not for others to say: a tab speaks for its own person', () => {
    const editing = new Editing()
    editing.stir(stir('ann'))
    expect(editing.stir(stir('ben', { tab: 'tab of ann', editing: false }))).toBe(false)
    expect(names(editing)).toEqual(['ANN'])
  })

  test('is forgotten beyond thirty forms of one person', () => {
    const editing = new Editing()
    for (let n = 0; n < 40; n += 1) editing.stir(stir('ann', { record: `members/${n}` }))
    expect(editing.ofTab('o', 'tab of ann')).toHaveLength(30)
  })
})

describe('a page that says so', () => {
  let hall: Hall
  let staff: Voice
  let admin: Voice
  let member: Voice
  let topic: string

  beforeAll(async () => {
    hall = await openHall()
    staff = await hall.house.as(cast.staff)
    admin = await hall.house.as(cast.admin)
    member = await hall.house.as(cast.member)
    topic = `entries/${(await staff.post('/entries', { title: 'Edited' })).json().id}`
  })
  afterAll(() => hall.close())

  const say = (voice: Voice, editing: boolean, tab: string) => voice.post('/live/editing', { topic, editing, tab })

  test('is seen by those who look at the record, and learns who else is there', async () => {
    const [stream, own] = [await hall.hear(admin, topic), await hall.hear(staff, topic)]
    const [tab, other] = [randomUUID(), randomUUID()]
    expect((await say(staff, true, tab)).json()).toEqual({ people: [] })
    const { data } = await stream.next('editing')
    expect(data).toEqual({
      topic,
      people: [{ id: expect.any(String), name: expect.any(String), since: expect.any(String) }],
    })
    expect((await say(admin, true, other)).json().people).toEqual(data['people'])
    const late = await hall.hear(await hall.house.as(cast.officer), topic)
    expect((await late.next('editing')).data['people']).toHaveLength(2)
    await say(staff, false, tab)
    await say(admin, false, other)
    await expect.poll(async () => (await stream.next('editing')).data).toEqual({ topic, people: [] })
    expect(own.heard.every(({ data: told }) => JSON.stringify(told).includes('people'))).toBe(true)
  })

  test('is not believed of records that one may not read or change', async () => {
    expect((await say(member, true, randomUUID())).statusCode).toBe(404)
    expect((await say(await hall.house.as(cast.officer), true, randomUUID())).statusCode).toBe(403)
    expect((await say(await hall.house.as(cast.instructor), true, randomUUID())).statusCode).toBe(403)
    expect((await say(await hall.house.as(cast.stranger, 'local-100'), true, randomUUID())).statusCode).toBe(404)
  })

  test('and is not shown to those who may not read it', async () => {
    const stream = await hall.hear(member, topic)
    const seen = await hall.hear(admin, topic)
    const tab = randomUUID()
    await say(staff, true, tab)
    await seen.next('editing')
    await staff.patch(`/${topic}`, { title: 'Edited again' })
    await seen.next('change')
    expect(stream.heard).toEqual([])
    await say(staff, false, tab)
  })

  test('is told which field is wrong', async () => {
    const wrong = async (body: unknown) =>
      (await staff.post('/live/editing', body)).json().errors.map((one: { path: string }) => one.path)
    expect(await wrong({})).toEqual(['topic', 'editing', 'tab'])
    expect(await wrong({ topic: 'entries', editing: 1, tab: 'x', name: 'Eve' })).toEqual([
      'name',
      'topic',
      'editing',
      'tab',
    ])
    expect(await wrong(null)).toEqual(['topic', 'editing', 'tab'])
  })
})
