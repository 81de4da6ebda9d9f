import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cast, notebook, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'

let house: TestHouse
let staff: Voice

/** 150 entries with few different values and many gaps, so that every order has ties and nulls. */
beforeAll(async () => {
  house = await openHouse({ modules: [notebook] })
  staff = await house.as(cast.staff)
  await house.engine.act(await house.caller(), (context) =>
    sql`insert into notebook.entry (title, code, mood, cost, score, spent, day, moment, done, body)
      select (array['b', 'B', 'á', 'a', 'Z', 'é'])[1 + n % 6], case when n % 3 > 0 then 'c' || n end,
        (array['calm', 'glad', 'cross', null])[1 + n % 4], case when n % 5 > 0 then (n % 7 - 3) * 0.25 end,
        case when n % 4 > 0 then n % 3 - 1 end, case when n % 6 > 0 then n % 2 end,
        case when n % 5 > 1 then date '2025-01-01' + n % 4 end,
        case when n % 3 > 0 then timestamptz '2025-01-01 10:00:00.000001Z' + (n % 3) * interval '1 microsecond' end,
        case when n % 3 > 0 then n % 2 = 0 end, case when n % 2 = 0 then 'x' || n % 3 end
      from generate_series(1, 150) n`.execute(context.db),
  )
})
afterAll(() => house.close())

const sortable = [
  'title',
  'code',
  'mood',
  'cost',
  'score',
  'spent',
  'day',
  'moment',
  'done',
  'body',
  'state',
  'created_at',
  'about',
] as const
const order = fc
  .uniqueArray(fc.constantFrom(...sortable), { maxLength: 4 })
  .chain((names) => fc.tuple(...names.map((name) => fc.constantFrom(name, `-${name}`))))
  .map((names) => names.join(','))
const filters = fc.constantFrom(
  '',
  '&filter[mood]=calm',
  '&filter[day][empty]=true',
  '&filter[cost][gte]=0',
  '&q=x1',
  '&filter[archived]=any',
)

const idsOf = (page: { data: { id: string }[] }) => page.data.map(({ id }) => id)

test('following the pages visits every row once, in the order of one long list, whatever the order', async () => {
  await fc.assert(
    fc.asyncProperty(order, filters, fc.integer({ min: 1, max: 70 }), async (sort, filter, limit) => {
      const address = `/entries?sort=${sort}${filter}`
      const whole = (await staff.get(`${address}&limit=200`)).json()
      expect(whole.page.next).toBeNull()
      const visited: string[] = []
      let next: string | null = ''
      while (next !== null) {
        const reply = await staff.get(`${address}&limit=${limit}${next ? `&after=${next}` : ''}`)
        const page = reply.json() as { data: { id: string }[]; page: { next: string | null } }
        expect(page.data.length).toBeLessThanOrEqual(limit)
        visited.push(...idsOf(page))
        next = page.page.next
      }
      expect(visited).toEqual(idsOf(whole))
    }),
    { numRuns: 60 },
  )
})

test('descending is ascending read backward, with the gaps at the other end', async () => {
  for (const name of sortable) {
    const up = idsOf((await staff.get(`/entries?sort=${name}&limit=200`)).json())
    const down = idsOf((await staff.get(`/entries?sort=-${name}&limit=200`)).json())
    expect([name, down]).toEqual([name, up.toReversed()])
  }
})

test('gaps come last going up', async () => {
  const days = (await staff.get('/entries?sort=day&limit=200'))
    .json()
    .data.map(({ day }: { day: string | null }) => day)
  const known = days.filter((day: string | null) => day !== null)
  expect(days.slice(0, known.length)).toEqual([...known].toSorted((a: string, b: string) => a.localeCompare(b)))
  expect(days.length).toBeGreaterThan(known.length)
})

test('a row that is added or taken away meanwhile shifts no other', async () => {
  const first = (await staff.get('/entries?sort=-created_at&limit=10')).json()
  const { id } = (await staff.post('/entries', { title: 'new' })).json()
  const second = (await staff.get(`/entries?sort=-created_at&limit=10&after=${first.page.next}`)).json()
  expect(idsOf(second).filter((one) => idsOf(first).includes(one))).toEqual([])
  expect(idsOf(second)).not.toContain(id)
  const admin = await house.as(cast.admin)
  await admin.delete(`/entries/${first.data.at(-1).id}`)
  const again = (await staff.get(`/entries?sort=-created_at&limit=10&after=${first.page.next}`)).json()
  expect(idsOf(again)).toEqual(idsOf(second))
})

test('the export is the list, without pages', async () => {
  const titles = (await staff.get('/entries?sort=-cost,title&limit=200'))
    .json()
    .data.map(({ title }: { title: string }) => title)
  const lines = (await staff.get('/entries/export?sort=-cost,title')).body.trim().split('\r\n').slice(1)
  expect(lines.map((line) => line.split(',')[0])).toEqual(titles)
})
