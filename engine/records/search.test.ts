import { afterAll, beforeAll, expect, test } from 'vitest'
import { cast, notebook, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'

let house: TestHouse
let staff: Voice
const texts = [
  'Łódź café',
  'Quiñones, Zoë',
  'quinones zoe',
  'O’Rourke',
  'sure_thing',
  'sureXthing',
  '100% wool',
  '100 wool',
  'back\\slash',
  'backslash',
  'Straße',
  'İstanbul',
  '多語言',
]

beforeAll(async () => {
  house = await openHouse({ modules: [notebook] })
  staff = await house.as(cast.staff)
  for (const title of texts) expect((await staff.post('/entries', { title })).statusCode).toBe(201)
  await staff.post('/entries', { title: 'alpha beta', body: 'gamma delta epsilon zeta' })
})
afterAll(() => house.close())

async function found(words: string): Promise<string[]> {
  const reply = await staff.get(`/entries?q=${encodeURIComponent(words)}`)
  expect(reply.statusCode, reply.body).toBe(200)
  return reply
    .json()
    .data.map(({ title }: { title: string }) => title)
    .toSorted()
}

test.each<[string, readonly string[]]>([
  ['lodz', ['Łódź café']],
  ['ŁÓDŹ', ['Łódź café']],
  ['cafe', ['Łódź café']],
  ['quinones', ['Quiñones, Zoë', 'quinones zoe']],
  ['QUIÑONES', ['Quiñones, Zoë', 'quinones zoe']],
  ['zoë quiñ', ['Quiñones, Zoë', 'quinones zoe']],
  ['zoe, quin', ['Quiñones, Zoë', 'quinones zoe']],
  ["o'rourke", ['O’Rourke']],
  ['rour', ['O’Rourke']],
  ['sure_', ['sure_thing']],
  ['sure_thing', ['sure_thing']],
  ['100%', ['100% wool']],
  ['%', ['100% wool']],
  ['_', ['sure_thing']],
  ['\\', ['back\\slash']],
  ['back\\slash', ['back\\slash']],
  ['％', ['100% wool']],
  ['＼', ['back\\slash']],
  ['strasse', ['Straße']],
  ['語', ['多語言']],
  ['nobody', []],
  ['beta alpha', ['alpha beta']],
  ['alpha gamma', ['alpha beta']],
  ['alpha zoe', []],
  ['alpha beta gamma delta epsilon', ['alpha beta']],
  ['alpha beta gamma epsilon delta', []],
])('"%s" finds %j', async (words, titles) => expect(await found(words)).toEqual([...titles].toSorted()))

test('no words ask for nothing, and find everything', async () => {
  expect(await found('   ')).toHaveLength(texts.length + 1)
  expect(await found(', ,')).toHaveLength(texts.length + 1)
})

test('searching goes with filters, order, pages and the count', async () => {
  const first = (await staff.get('/entries?q=o&sort=-title&limit=2&count=exact')).json()
  const rest = (await staff.get(`/entries?q=o&sort=-title&limit=200&after=${first.page.next}`)).json()
  const titles = [...first.data, ...rest.data].map(({ title }: { title: string }) => title)
  expect(titles).toHaveLength(first.total)
  expect(titles).toEqual([...titles].toSorted((a, b) => b.localeCompare(a, 'en')))
  expect((await staff.get('/entries?q=wool&filter[title][contains]=%25')).json().data).toHaveLength(1)
})

test('what has changed is found under its new words at once', async () => {
  const [{ id }] = (await staff.get('/entries?q=backslash')).json().data
  await staff.patch(`/entries/${id}`, { title: 'renamed' })
  expect([await found('backslash'), await found('renamed')]).toEqual([[], ['renamed']])
})
