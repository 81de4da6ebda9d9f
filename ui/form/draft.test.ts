import { field } from '@commonhall/kernel'
import { expect, test } from 'vitest'
import { changesFrom, check, startOf } from './draft.ts'

const fields = {
  name: field.text({ required: true }),
  dues: field.money(),
  beds: field.count({ max: 12 }),
  since: field.date(),
  steward: field.yesNo(),
}

test('what people write becomes what the wire carries', () => {
  const typed = { name: ' Ann ', dues: '$1,250.5', beds: '3', since: '2026-02-28', steward: true }
  expect(check(fields, typed)).toEqual({
    values: { name: 'Ann', dues: '1250.50', beds: 3, since: '2026-02-28', steward: true },
    errors: [],
  })
})

test('each mistake is named once, with its field', () => {
  const { errors } = check(fields, { name: '  ', dues: 'lots', beds: '13', since: '2026-02-30' })
  expect(errors.map(({ path, code }) => [path, code])).toEqual([
    ['name', 'required'],
    ['dues', 'not_a_number'],
    ['beds', 'too_great'],
    ['since', 'no_such_date'],
  ])
})

test('a form starts with the record, or with what is usual', () => {
  expect(startOf(fields)).toEqual({ name: '', dues: '', beds: '', since: '', steward: false })
  expect(startOf(fields, { name: 'Ann', dues: null, steward: true })).toMatchObject({
    name: 'Ann',
    dues: '',
    steward: true,
  })
})

test('only what differs is a change, and empty is empty however it is written', () => {
  expect(changesFrom({ name: 'Ann', dues: null, beds: 2 }, { name: 'Ann', dues: '', beds: 3 })).toEqual({ beds: 3 })
})
