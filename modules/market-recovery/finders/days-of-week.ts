import {
  dayAfter,
  decimal,
  defineFinder,
  field,
  type Found,
  kindOf,
  type ReadingHints,
  say,
  type SoughtFile,
  type SoughtRow,
  spokenDate,
  sumOf,
  weekdayOf,
  zero,
} from '@commonhall/kernel'
import type { DayOfWork } from '../week/calculation.ts'
import { hours } from '../resources/hours.ts'

const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const
const short = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const
const more: Readonly<Record<string, readonly string[]>> = { Tue: ['Tues'], Wed: ['Weds'], Thu: ['Thur', 'Thurs'] }

const [dates, amounts] = [field.date(), field.hours()]

/** The day that a heading such as `3/2/2026`, `2026-03-02` or `Mon 3/2/2026` names. */
function dayIn(heading: string, hints: ReadingHints = {}): string | undefined {
  const bare = heading.replace(/^\s*[a-z]+\.?,?\s+(?=\d)/i, '')
  const read = kindOf(dates).read(bare, dates, hints)
  return read.ok ? String(read.value) : undefined
}

/** The columns of one weekday: its regular hours, and its overtime. */
function columnsOf(name: (typeof weekdays)[number], at: number) {
  const brief = short[at] ?? ''
  const long = `${name[0]?.toUpperCase()}${name.slice(1)}`
  const names = [brief, long, ...(more[brief] ?? [])]
  const isHeading = (heading: string) => {
    const day = dayIn(heading)
    return day !== undefined && weekdayOf(day) === at + 1
  }
  return {
    [name]: { label: `Hours on ${long}`, aka: names, telling: true, isHeading },
    [`${name}_overtime`]: {
      label: `Overtime on ${long}`,
      aka: names.flatMap((one) => [`${one} OT`, `${one} overtime`, `OT ${one}`]),
      telling: true,
    },
  }
}

/** A number of hours as the file has it; undefined where it is none. */
function amountIn(text: string | undefined, hints: ReadingHints): string | undefined {
  if (text === undefined) return '0.00'
  const read = kindOf(amounts).read(text, amounts, hints)
  return read.ok ? String(read.value) : undefined
}

/** The days of one row. All columns blank: nobody said anything of days. */
function daysIn({ given, values }: SoughtRow, { headings, hints }: SoughtFile): Found {
  const ending = values['week_ending']
  if (typeof ending !== 'string' || !Object.keys(given).length) return { value: null }
  const days: DayOfWork[] = []
  for (let back = 6; back >= 0; back--) {
    const on = dayAfter(ending, -back)
    const name = weekdays[weekdayOf(on) - 1] ?? ''
    const named = dayIn(headings[name] ?? '', hints)
    if (given[name] !== undefined && named !== undefined && named !== on)
      return { column: name, message: say('market-recovery:import.other_day', { day: spokenDate(named) }) }
    for (const column of [name, `${name}_overtime`])
      if (amountIn(given[column], hints) === undefined)
        return { column, message: say('market-recovery:import.not_hours', { day: spokenDate(on) }) }
    const regular = amountIn(given[name], hints) ?? ''
    const overtime = amountIn(given[`${name}_overtime`], hints) ?? ''
    if ([regular, overtime].some((one) => !decimal(one).eq(zero))) days.push({ on, regular, overtime })
  }
  return { value: areTotals(days, values) ? null : days }
}

/** Columns of days that hold all hours of a day say which day had how many, and not which of them were overtime. */
function areTotals(days: readonly DayOfWork[], { regular, overtime }: SoughtRow['values']): boolean {
  if (typeof regular !== 'string' || typeof overtime !== 'string' || decimal(overtime).eq(zero)) return false
  const sum = sumOf(days.map((day) => decimal(day.regular)))
  return days.every((day) => decimal(day.overtime).eq(zero)) && sum.eq(decimal(regular).plus(decimal(overtime)))
}

/** Seven columns from Monday to Sunday, or seven dates, make the hours per day of a week. */
export const daysOfWeek = defineFinder({
  resource: hours.name,
  into: 'days',
  columns: Object.assign({}, ...weekdays.map(columnsOf)),
  find: (_ctx, rows, file) => rows.map((row) => daysIn(row, file)),
})
