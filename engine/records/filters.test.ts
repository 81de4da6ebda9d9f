import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cast, notebook, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'

let house: TestHouse
let staff: Voice
let about: string

/** Five entries, so different that each question picks some of them. */
const entries = [
  {
    title: 'one',
    code: 'A-1',
    body: 'Lorem ipsum',
    mood: 'calm',
    cost: '10.00',
    rate: '1.2345',
    score: 1,
    spent: '0.50',
    share: '10.00',
    day: '2025-01-01',
    moment: '2025-01-01T10:00:00.000Z',
    done: true,
    detail: { a: 1 },
  },
  {
    title: 'Two',
    code: 'a-2',
    body: '100% sure_thing',
    mood: 'glad',
    cost: '-5.50',
    rate: '0.0001',
    score: 0,
    spent: '8.00',
    share: '0.00',
    day: '2025-06-15',
    moment: '2025-06-15T10:00:00.123456Z',
    done: false,
  },
  {
    title: 'Zwölf',
    code: 'Z',
    body: 'back\\slash',
    mood: 'cross',
    cost: '9.99',
    rate: '99.0000',
    score: -5,
    spent: '40.25',
    share: '100.00',
    day: '2025-12-31',
    moment: '2025-12-31T23:59:59.999Z',
    done: true,
  },
  {
    title: 'Ångström',
    code: null,
    body: null,
    mood: null,
    cost: null,
    rate: null,
    score: null,
    spent: null,
    share: null,
    day: null,
    moment: null,
    done: null,
  },
  {
    title: 'plain',
    code: '%',
    body: '100 sureXthing',
    mood: 'calm',
    cost: '1000.00',
    rate: '12.3456',
    score: 1000,
    spent: '0.00',
    share: '33.33',
    day: '1900-02-28',
    moment: '1999-12-31T00:00:00.000Z',
    done: false,
  },
]

beforeAll(async () => {
  house = await openHouse({ modules: [notebook] })
  staff = await house.as(cast.staff)
  about = (await staff.get('/members?limit=1')).json().data[0].id
  for (const [index, entry] of entries.entries()) {
    const reply = await staff.post('/entries', index === 0 ? { ...entry, about } : entry)
    expect(reply.statusCode, reply.body).toBe(201)
  }
})
afterAll(() => house.close())

async function found(query: string): Promise<string[]> {
  const reply = await staff.get(`/entries?${query}`)
  expect(reply.statusCode, reply.body).toBe(200)
  return reply.json().data.map(({ title }: { title: string }) => title)
}

const all = ['Ångström', 'one', 'plain', 'Two', 'Zwölf']

test('without a question, everything in order: accents beside their letters, case set aside', async () => {
  expect(await found('')).toEqual(all)
})

describe('a filter finds', () => {
  test.each<[string, readonly string[]]>([
    ['filter[title]=one', ['one']],
    ['filter[title]=ONE', []],
    ['filter[title][ne]=one', ['Ångström', 'plain', 'Two', 'Zwölf']],
    ['filter[title][contains]=W', ['Two', 'Zwölf']],
    ['filter[code]=A-2', ['Two']],
    ['filter[code]=a-1', ['one']],
    ['filter[code][empty]=true', ['Ångström']],
    ['filter[code][contains]=%25', ['plain']],
    ['filter[body][contains]=100%25 sure_', ['Two']],
    ['filter[body][contains]=k\\s', ['Zwölf']],
    ['filter[body][empty]=false', ['one', 'plain', 'Two', 'Zwölf']],
    ['filter[mood]=calm', ['one', 'plain']],
    ['filter[mood]=calm&filter[mood]=glad', ['one', 'plain', 'Two']],
    ['filter[mood][ne]=calm', ['Ångström', 'Two', 'Zwölf']],
    ['filter[mood][ne]=calm&filter[mood][ne]=glad', ['Ångström', 'Zwölf']],
    ['filter[cost]=10', ['one']],
    ['filter[cost]=10.00', ['one']],
    ['filter[cost][lt]=9.995', []],
    ['filter[cost][lt]=10', ['Two', 'Zwölf']],
    ['filter[cost][gte]=9.99', ['one', 'plain', 'Zwölf']],
    ['filter[cost][gt]=-5.50', ['one', 'plain', 'Zwölf']],
    ['filter[cost][lte]=-5.5', ['Two']],
    ['filter[rate]=1.2345', ['one']],
    ['filter[rate][gt]=12.3455', ['plain', 'Zwölf']],
    ['filter[score]=0', ['Two']],
    ['filter[score][lt]=0', ['Zwölf']],
    ['filter[score][gte]=1&filter[score][lte]=1', ['one']],
    ['filter[spent]=8', ['Two']],
    ['filter[share][gt]=33.32', ['plain', 'Zwölf']],
    ['filter[day]=2025-01-01', ['one']],
    ['filter[day][gte]=2025-06-15', ['Two', 'Zwölf']],
    ['filter[day][lt]=1950-01-01', ['plain']],
    ['filter[day][empty]=true', ['Ångström']],
    ['filter[moment][gt]=2025-06-15T10:00:00.123455Z', ['Two', 'Zwölf']],
    ['filter[moment][gt]=2025-06-15T10:00:00.123456Z', ['Zwölf']],
    ['filter[moment][lte]=2025-01-01T12:00:00%2B02:00', ['one', 'plain']],
    ['filter[done]=true', ['one', 'Zwölf']],
    ['filter[done]=no', ['plain', 'Two']],
    ['filter[done][empty]=true', ['Ångström']],
    ['filter[detail][empty]=false', ['one']],
    ['filter[about][empty]=false', ['one']],
    ['filter[created_at][gt]=2020-01-01T00:00:00Z', all],
    ['filter[state]=draft&filter[mood]=calm&filter[done]=true', ['one']],
    ['filter[state][ne]=draft', []],
  ])('%s', async (query, titles) => {
    if (query.includes('9.995'))
      return expect((await staff.get(`/entries?${query}`)).json().errors[0].code).toBe('too_many_decimals')
    expect(await found(query)).toEqual(titles)
  })

  test('by reference, and by any of several', async () => {
    expect(await found(`filter[about]=${about}`)).toEqual(['one'])
    expect(await found(`filter[about][ne]=${about}`)).toEqual(['Ångström', 'plain', 'Two', 'Zwölf'])
    expect(await found(`filter[about]=${about.toUpperCase()}&filter[about]=${crypto.randomUUID()}`)).toEqual(['one'])
  })
})

describe('a question that makes no sense is named', () => {
  test.each([
    ['filter[nothing]=1', 'filter[nothing]', 'unknown_filter'],
    ['filter[title][gt]=a', 'filter[title][gt]', 'unknown_operator'],
    ['filter[detail]=1', 'filter[detail]', 'unknown_operator'],
    ['filter[day]=soon', 'filter[day]', 'not_a_date'],
    ['filter[score]=many', 'filter[score]', 'not_a_count'],
    ['filter[cost]=dear', 'filter[cost]', 'not_a_number'],
    ['filter[mood]=sad', 'filter[mood]', 'not_a_choice'],
    ['filter[about]=7', 'filter[about]', 'not_a_reference'],
    ['filter[done]=maybe', 'filter[done]', 'not_yes_or_no'],
    ['filter[day][empty]=maybe', 'filter[day][empty]', 'not_yes_or_no'],
    ['filter[mood]=', 'filter[mood]', 'empty_filter'],
    ['filter[title]=a%00', 'filter[title]', 'bad_characters'],
    ['filter[body][contains]=%00', 'filter[body][contains]', 'bad_characters'],
    ['filter[archived]=constructor', 'filter[archived]', 'bad_archived'],
    ['filter[archived]=true&filter[archived]=any', 'filter[archived]', 'bad_archived'],
    ['filter[day][gt]=2025-01-01&filter[day][gt]=2025-02-01', 'filter[day][gt]', 'unknown_operator'],
    ['sort=nothing', 'sort', 'bad_sort'],
    ['sort=detail', 'sort', 'bad_sort'],
    ['sort=title,-day,mood,cost,rate', 'sort', 'too_many_sorts'],
    ['sort=title&sort=day', 'sort', 'repeated'],
    ['limit=0', 'limit', 'bad_limit'],
    ['limit=201', 'limit', 'bad_limit'],
    ['limit=ten', 'limit', 'bad_limit'],
    ['limit=1e2', 'limit', 'bad_limit'],
    ['limit=', 'limit', 'bad_limit'],
    ['count=yes', 'count', 'bad_count'],
    [`q=${'a'.repeat(101)}`, 'q', 'too_long_search'],
    ['q=%00', 'q', 'too_long_search'],
    ['page=2', 'page', 'unknown_parameter'],
    ['filter=1', 'filter', 'unknown_parameter'],
    ['__proto__=1', '__proto__', 'unknown_parameter'],
    ['filter[__proto__]=1', 'filter[__proto__]', 'unknown_filter'],
  ])('%s', async (query, path, code) => {
    const reply = await staff.get(`/entries?${query}`)
    expect([reply.statusCode, reply.json().errors[0]]).toMatchObject([422, { path, code }])
    expect((await staff.get(`/entries/export?${query}`)).statusCode).toBe(422)
  })
})

test('a page marker that nobody gave out is refused', async () => {
  const { next } = (await staff.get('/entries?limit=1')).json().page
  const other = (await staff.get('/entries?limit=1&sort=-day')).json().page.next
  const forged = Buffer.from(next, 'base64url')
  forged[20] = (forged[20] ?? 0) ^ 1
  for (const after of [
    'x',
    'A'.repeat(60),
    next.slice(0, -4),
    `${next}AAAA`,
    forged.toString('base64url'),
    other,
    '%00',
  ]) {
    expect((await staff.get(`/entries?limit=1&after=${after}`)).json(), after).toMatchObject({
      status: 400,
      code: 'bad_cursor',
    })
  }
  expect((await staff.get(`/members?limit=1&after=${next}`)).json().code).toBe('bad_cursor')
  expect(await found(`limit=2&after=${next}`)).toEqual(['one', 'plain'])
})

test('the exact count goes over the whole list, whatever the page', async () => {
  for (const query of ['limit=1', 'limit=200', 'filter[mood]=calm', 'filter[mood]=cross&filter[done]=no', 'q=lorem']) {
    const page = (await staff.get(`/entries?${query}&count=exact`)).json()
    expect([query, page.total]).toEqual([query, (await found(query.replace('limit=1', ''))).length])
    expect(page.data.every((row: object) => !('list_total' in row))).toBe(true)
  }
  expect((await staff.get('/entries')).json()).not.toHaveProperty('total')
})

test('certain records are asked for by id, within whatever else is asked', async () => {
  const { data } = (await staff.get('/entries')).json() as { data: { id: string; title: string }[] }
  const [one, two] = data.filter(({ title }) => title === 'one' || title === 'Two').map(({ id }) => `filter[id]=${id}`)
  expect(await found(`${one}&${two}`)).toEqual(['one', 'Two'])
  expect(await found(`${one}&${two}&filter[mood]=glad`)).toEqual(['Two'])
  expect((await staff.get('/entries?filter[id]=nobody')).statusCode).toBe(422)
})

test('archived records are shown only when asked for', async () => {
  const admin = await house.as(cast.admin)
  const [{ id }] = (await admin.get('/entries?filter[title]=plain')).json().data
  await admin.delete(`/entries/${id}`)
  expect(await found('')).toEqual(all.filter((one) => one !== 'plain'))
  expect(await found('filter[archived]=true')).toEqual(['plain'])
  expect(await found('filter[archived]=any')).toEqual(all)
  expect((await staff.get(`/entries/${id}`)).json().archived_at).toMatch(/Z$/)
  await admin.post(`/entries/${id}/restore`)
  expect(await found('filter[archived]=false')).toEqual(all)
})
