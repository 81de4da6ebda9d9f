import { describe, expect, test } from 'vitest'
import { field, kindOf } from './index.ts'
import type { Field, ReadingHints } from './field.ts'

/** The value of a cell, or the code of what is wrong with it. */
function read(declared: Field, text: string, hints: ReadingHints = {}): unknown {
  const parsed = kindOf(declared).read(text, declared, hints)
  return parsed.ok ? parsed.value : parsed.code
}

describe('dates as people write them', () => {
  test.each([
    ['1993-01-05', '1993-01-05'],
    ['1/5/1993', '1993-01-05'],
    ['01.05.1993', '1993-01-05'],
    ['1993/1/5', '1993-01-05'],
    ['19930105', '1993-01-05'],
    ['1993-01-05 00:00:00', '1993-01-05'],
    ['1993-01-05T00:00:00.000Z', '1993-01-05'],
    ['1/5/1993 12:00:00 AM', '1993-01-05'],
    ['5 January 1993', '1993-01-05'],
    ['5-Jan-93', '1993-01-05'],
    ['Jan. 5, 1993', '1993-01-05'],
    ['2/29/2024', '2024-02-29'],
    ['2/29/2023', 'no_such_date'],
    ['13/45/1961', 'no_such_date'],
    ['00/00/0000', 'no_such_date'],
    ['1/5/0093', 'date_out_of_range'],
    ['20510', 'not_a_date'],
    ['soon', 'not_a_date'],
  ])('%s', (text, value) => expect(read(field.date(), text)).toBe(value))

  test('in the order that the whole file uses', () => {
    expect(read(field.date(), '5/1/1993', { dateOrder: 'dmy' })).toBe('1993-01-05')
    expect(read(field.date(), '25/1/1993', { dateOrder: 'mdy' })).toBe('no_such_date')
  })

  test('two figures of a year that cannot be to come', () => {
    expect(read(field.date({ past: true }), '1/5/68')).toBe('1968-01-05')
    expect(read(field.date({ past: true }), '1/5/08')).toBe('2008-01-05')
  })
})

describe('numbers as people write them', () => {
  test.each([
    ['1234.5', '1234.50'],
    ['$1,234.50', '1234.50'],
    ['(12.00)', '-12.00'],
    ['12.00-', '-12.00'],
    ['€ 5', '5.00'],
    ['12,50', 'not_a_number'],
    ['1,23,456', 'not_a_number'],
    ['1.234', 'too_many_decimals'],
    ['', 'not_a_number'],
    ['1e5', 'not_a_number'],
  ])('%s', (text, value) => expect(read(field.money(), text)).toBe(value))

  test.each([
    ['1.234,50', '1234.50'],
    ['12,5', '12.50'],
    ['1.234', '1234.00'],
    ['12.5', 'not_a_number'],
  ])('%s, with a comma for the point', (text, value) =>
    expect(read(field.money(), text, { decimalMark: ',' })).toBe(value),
  )

  test.each([
    ['1,000', 1000],
    ['1,5', 'not_a_count'],
    ['2.0', 2],
    ['2.5', 'not_a_count'],
    [' 7 ', 7],
  ])('%s counted', (text, value) => expect(read(field.count(), text)).toBe(value))
})

describe('words as people write them', () => {
  const state = field.choice(['active', 'on-leave'])
  test.each([
    ['ACTIVE', 'active'],
    ['On leave', 'on-leave'],
    ['gone', 'not_a_choice'],
  ])('%s', (text, value) => expect(read(state, text)).toBe(value))

  test('yes and no', () => {
    expect(['Y', 'x', '-1', 'No', '0', 'maybe'].map((text) => read(field.yesNo(), text))).toEqual([
      true,
      true,
      true,
      false,
      false,
      'not_yes_or_no',
    ])
  })

  test('a line break in a cell becomes a comma', () => {
    expect(read(field.text(), '12 Elm St\r\nApt 4')).toBe('12 Elm St, Apt 4')
  })
})
