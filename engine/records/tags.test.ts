import { afterAll, beforeAll, expect, test } from 'vitest'
import { notebook, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'

let house: TestHouse
let admin: Voice

const titles = async (query: string) =>
  (await admin.get(`/entries?${query}`)).json().data.map(({ title }: { title: string }) => title)

beforeAll(async () => {
  house = await openHouse({ modules: [notebook] })
  admin = await house.as('admin@riverside.example')
  for (const [title, tags] of Object.entries({ Roof: ['roof', 'leak'], Door: ['door'], Bare: null }))
    expect((await admin.post('/entries', { title, tags })).statusCode).toBe(201)
})
afterAll(() => house.close())

test('tags are kept in their order, each once', async () => {
  const reply = await admin.post('/entries', { title: 'Twice', tags: ['b', 'A', 'a', 'B '] })
  expect(reply.json().tags).toEqual(['b', 'A'])
})

test('a list is narrowed to any of some tags, or to those without', async () => {
  expect(await titles('filter[tags]=leak&sort=title')).toEqual(['Roof'])
  expect(await titles('filter[tags]=leak,door&sort=title')).toEqual(['Door', 'Roof'])
  expect(await titles('filter[tags]=leak&filter[tags]=door&sort=title')).toEqual(['Door', 'Roof'])
  expect(await titles('filter[tags][ne]=leak&q=Bare')).toEqual(['Bare'])
})

test('too many, and what is no list of words, is refused beside the field', async () => {
  const many = Array.from({ length: 21 }, (_, n) => `tag ${n}`)
  for (const [tags, code] of [
    [many, 'too_many_tags'],
    ['roof', 'not_tags'],
    [['a,b'], 'not_tags'],
  ]) {
    const reply = await admin.post('/entries', { title: 'No', tags })
    expect([reply.statusCode, reply.json().errors?.[0]?.code]).toEqual([422, code])
  }
})
