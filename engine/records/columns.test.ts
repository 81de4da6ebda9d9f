import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, openHouse, type TestHouse } from '@commonhall/engine/testing'
import { defineResource, type Field, field, spellTitle } from '@commonhall/kernel'
import { titleSql } from './columns.ts'

let house: TestHouse

beforeAll(async () => void (house = await openHouse()))
afterAll(() => house.close())

const text = field.text()
const needed = field.text({ required: true })

const stay = (title: string, fields: Record<'a' | 'b' | 'c', Field>) =>
  defineResource('notebook.stay', { label: 'Stay', plural: 'Stays', title, fields, views: { list: ['a'] } })

/** Each of the three said or not, as far as the fields let them. */
const rows = [0, 1, 2, 3, 4, 5, 6, 7].map((n) =>
  (['a', 'b', 'c'] as const).map((name, bit) => (n & (1 << bit) ? name.toUpperCase() : null)),
)

test.each([
  ['{a}: from {b} to {c}', { a: text, b: text, c: text }],
  ['From {a} to {b} (it’s {c})', { a: needed, b: text, c: text }],
  ["Owner's {a} {b}{c}!", { a: text, b: needed, c: needed }],
])('%s reads the same from the database', async (title, fields) => {
  const resource = stay(title, fields)
  const fit = rows.filter((row) => Object.values(fields).every(({ required }, at) => !required || row[at] !== null))
  const list = fit.map((row) => `(${row.map((one) => (one ? `'${one}'` : 'null')).join(', ')})`).join(', ')
  const query = `select t.*, ${titleSql(resource, 't')} as title from (values ${list}) t (a, b, c)`
  const found = await asOwner<Record<'a' | 'b' | 'c' | 'title', string>>(house, query)
  expect(found).toHaveLength(fit.length)
  for (const row of found) expect([row, row.title]).toEqual([row, spellTitle(title, (name) => row[name as 'a'] ?? '')])
})
