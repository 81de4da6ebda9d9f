import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { calculate, subsidyOf as settled } from '../../week/subsidy.ts'
import {
  hoursOf,
  isBlank,
  isOpen,
  isOver40,
  readHours,
  rowFault,
  sentOf,
  startOf,
  subsidyOf,
  totalsOf,
  type Typed,
} from './entry.ts'
import type { KeptWeek } from '../../week/kept-week.ts'
import type { GridRow } from './wire.ts'

const week = ['2026-03-02', '2026-03-03', '2026-03-04', '2026-03-05', '2026-03-06', '2026-03-07', '2026-03-08']
const row: GridRow = {
  assignment: 'a',
  number: 'A-0001',
  member_name: 'Aalto, Ada',
  classification: 'Journeyman',
  program_name: 'Harbor',
  project_name: null,
  per_hour: '12.50',
  overtime_factor: '1.5',
  needs_days: false,
  changes_on: null,
  problem: null,
  last_week: null,
  hours: null,
}
const kept: KeptWeek = {
  id: 'h',
  version: 1,
  state: 'draft',
  regular: '38.50',
  overtime: '0.00',
  days: null,
  over_40_confirmed: false,
  subsidy: '481.25',
  note: null,
  reason: null,
}
const typed = (regular: string, overtime = '', more: Partial<Typed> = {}): Typed => ({
  regular,
  overtime,
  days: null,
  confirmed: false,
  ...more,
})
const days = (hours: Readonly<Record<string, string>>): Typed =>
  typed('', '', { days: Object.fromEntries(week.map((on) => [on, { regular: hours[on] ?? '', overtime: '' }])) })

test.each([
  ['', '0.00'],
  [' 40 ', '40.00'],
  ['7.25', '7.25'],
  ['.5', '0.50'],
  ['38:30', '38.50'],
  ['38:20', undefined],
  ['forty', undefined],
])('"%s" is read as %s', (text, hours) => expect(readHours(text)).toBe(hours))

test('a row begins as it is kept, and is typed into until it is submitted', () => {
  expect(startOf({ ...row, hours: kept }, week)).toEqual(typed('38.5'))
  expect(isOpen({ ...row, hours: kept })).toBe(true)
  expect(isOpen({ ...row, hours: { ...kept, state: 'rejected' } })).toBe(true)
  expect(isOpen({ ...row, hours: { ...kept, state: 'submitted' } })).toBe(false)
  expect(isOpen({ ...row, problem: 'It is over.' })).toBe(false)
})

test('in a week in which the scale changes the days are open from the start', () => {
  const start = startOf({ ...row, needs_days: true }, week)
  expect(Object.keys(start.days ?? {})).toEqual(week)
  expect(isBlank(start)).toBe(true)
})

describe('what is wrong is told before anything is sent', () => {
  test.each([
    ['a word', typed('x'), 'not_hours'],
    ['a step that is none', typed('38.1'), 'not_in_steps'],
    ['less than nothing', typed('-4'), 'negative'],
    ['more than a week has', typed('120', '60'), 'too_many'],
    ['more than a day has', days({ '2026-03-03': '25' }), 'day_too_long'],
    ['nothing', typed('40', '2.5'), undefined],
  ])('%s', (_, given, fault) => expect(rowFault(given, '0.25')).toBe(fault))

  test('more than 40 regular hours are asked about, overtime is not', () => {
    expect(isOver40(typed('40.25'))).toBe(true)
    expect(isOver40(typed('40', '20'))).toBe(false)
  })
})

test('days add up to the week, and only those with hours are sent', () => {
  const given = days({ '2026-03-02': '8', '2026-03-04': '7.5' })
  expect(hoursOf(given, 'regular')).toBe('15.50')
  expect(sentOf(row, given)).toEqual({
    assignment: 'a',
    regular: '15.50',
    overtime: '0.00',
    days: [
      { on: '2026-03-02', regular: '8.00', overtime: '0.00' },
      { on: '2026-03-04', regular: '7.50', overtime: '0.00' },
    ],
  })
})

test('a split week takes the rate of each day; where they are not known it is told after saving', () => {
  const split: GridRow = { ...row, per_hour: null, needs_days: true, changes_on: '2026-03-04' }
  const given = days({ '2026-03-03': '10', '2026-03-04': '10' })
  const rates = [
    { from_on: '2026-03-02', until_on: '2026-03-03', per_hour: '10.00' },
    { from_on: '2026-03-04', until_on: '2026-03-08', per_hour: '12.3456' },
  ]
  expect(subsidyOf({ ...split, rates }, given)).toBe('223.46')
  expect(subsidyOf(split, given)).toBeUndefined()
})

test('totals count what can be read, and what is kept where it cannot be reckoned here', () => {
  const rows = [
    { row, typed: typed('40', '6') },
    { row: { ...row, per_hour: null, hours: kept }, typed: typed('38.5') },
    { row, typed: typed('x') },
  ]
  expect(totalsOf(rows)).toEqual({ regular: '78.50', overtime: '6.00', subsidy: '1093.75' })
})

test('what is shown while typing is what the server comes to, to the cent', () => {
  const hours = fc.integer({ min: 0, max: 300 }).map((quarters) => (quarters / 4).toFixed(2))
  const rate = fc.integer({ min: 0, max: 999_999 }).map((parts) => (parts / 10_000).toFixed(4))
  fc.assert(
    fc.property(hours, hours, rate, fc.constantFrom('1.0', '1.5', '2.0'), (regular, overtime, perHour, factor) => {
      const reckoned = calculate(
        { from_on: '2026-03-02', until_on: '2026-03-08', regular, overtime, days: null },
        {
          basis: 'fixed-rate',
          classification: 'Journeyman',
          overtime_factor: factor,
          contractor_rate: '0',
          rate: perHour,
          scales: [],
        },
      )
      if ('fault' in reckoned) throw new Error(reckoned.fault)
      const shown = subsidyOf({ ...row, per_hour: perHour, overtime_factor: factor }, typed(regular, overtime))
      expect(shown).toBe(settled(reckoned))
    }),
  )
})
