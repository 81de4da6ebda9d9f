import { expect, test } from 'vitest'
import { spellTitle } from './title.ts'

test.each([
  ['{last}, {first}', { last: 'Ortiz', first: 'Ana' }, 'Ortiz, Ana'],
  ['{last}, {first}', { first: 'Ana' }, 'Ana'],
  ['{last}, {first}', { last: 'Ortiz' }, 'Ortiz'],
  ['From {from} to {until}', { from: '2022-06-01', until: '2023-05-31' }, 'From 2022-06-01 to 2023-05-31'],
  ['From {from} to {until}', { from: '2022-06-01' }, 'From 2022-06-01'],
  ['Entry {number}', { number: '12' }, 'Entry 12'],
  ['Entry {number}', {}, ''],
  ['{unit}: {from} to {until}', { from: 'May', until: 'June' }, 'May to June'],
  ['{unit}: {from} to {until}', { unit: '4B', until: 'June' }, '4B to June'],
  ['{name} ({size} bytes)', { name: 'Lease', size: '3' }, 'Lease (3 bytes)'],
  ['{name} ({size} bytes)', { name: 'Lease' }, 'Lease'],
  ['{a}{b}', { a: '1', b: '2' }, '12'],
  ['{a} {b}', {}, ''],
])('%s of %j reads “%s”', (title, values: Readonly<Record<string, string>>, read) => {
  expect(spellTitle(title, (field) => values[field] ?? '')).toBe(read)
})
