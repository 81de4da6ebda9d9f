import { field } from '@commonhall/kernel'
import { expect, test } from 'vitest'
import { type Row, titleOf } from './records.ts'

const stay = {
  title: '{unit}: {from_on} to {until_on}',
  label: 'Stay',
  module: 'housing',
  fields: { unit: field.ref('housing.unit'), from_on: field.date(), until_on: field.date() },
}

const row = (values: object) => values as Row

test('a record is called by its fields, as people read them', () => {
  const values = { unit: 'u1', titles: { unit: '4B' }, from_on: '2020-01-31', until_on: '2021-02-01' }
  expect(titleOf(stay, row(values))).toBe('4B: Jan 31, 2020 to Feb 1, 2021')
})

test('an empty piece takes the words before it along', () => {
  expect(titleOf(stay, row({ unit: 'u1', titles: { unit: '4B' }, from_on: '2020-01-31' }))).toBe('4B: Jan 31, 2020')
  expect(titleOf(stay, row({ unit: null, from_on: '2020-01-31' }))).toBe('Jan 31, 2020')
  expect(titleOf(stay, row({}))).toBe('Stay')
})
