import { field } from '@commonhall/kernel'
import { expect, test } from 'vitest'
import { isSortable } from '../list/search.ts'
import type { KnownResource } from '../wire/catalog.ts'
import type { Row } from '../wire/records.ts'
import { formFieldsOf, isFixed } from './form-fields.ts'

const reason = 'Your role does not include setting Pay.'
const resource = {
  fields: {
    name: field.text(),
    pay: field.money({ required: true }),
    born: field.date(),
    card: field.text({ immutable: true }),
  },
  acts: [],
  field_rules: { pay: { read: true, write: reason }, born: { read: 'own', write: 'own' } },
} as unknown as KnownResource
const row = { id: '1', name: 'Ann', pay: '5.00', card: 'C1' } as unknown as Row

test('a form leaves out what this person may not see of the record', () => {
  expect(Object.keys(formFieldsOf(resource, row))).toEqual(['name', 'pay', 'card'])
  expect(Object.keys(formFieldsOf(resource, { ...row, born: null }))).toEqual(['name', 'pay', 'born', 'card'])
})

test('what may be seen and not set stands there with the reason, is never asked for and never sent', () => {
  expect(formFieldsOf(resource, row)['pay']).toMatchObject({ help: reason, required: false })
  expect(['name', 'pay', 'card'].filter((name) => isFixed(resource, row, name))).toEqual(['pay', 'card'])
  expect(['name', 'pay', 'card'].filter((name) => isFixed(resource, undefined, name))).toEqual(['pay'])
})

test('what depends on a record that is not there yet is not asked for', () => {
  expect(Object.keys(formFieldsOf(resource, undefined))).toEqual(['name', 'pay', 'card'])
})

test('a list is not ordered by what only some rows show', () => {
  expect(['name', 'pay', 'born'].filter((name) => isSortable(resource, name))).toEqual(['name', 'pay'])
})
