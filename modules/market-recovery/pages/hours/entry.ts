import { compareDecimals, daysFrom, decimal, field, kindOf, sumOf, toCents, zero } from '@commonhall/kernel'
import type { DayOfWork } from '../../week/calculation.ts'
import type { GridRow, SentRow } from './wire.ts'

export type Column = 'regular' | 'overtime'

export type DayCells = Readonly<Record<string, Readonly<Record<Column, string>>>>

/** What is typed into a row, as it is typed. */
export interface Typed extends Readonly<Record<Column, string>> {
  /** Hours per day, where the row is entered day by day; the row's own two cells are their sums then. */
  readonly days: DayCells | null
  readonly confirmed: boolean
}

export type Faulty = 'not_hours' | 'not_in_steps' | 'negative' | 'too_many' | 'day_too_long'

const kind = field.hours()

/** Hours as people write them, `7.5` or `7:30`; empty is none. */
export function readHours(text: string): string | undefined {
  const written = text.trim()
  if (!written) return '0.00'
  const clock = /^(\d{1,3}):([0-5]\d)$/.exec(written)
  if (clock?.[1] && clock[2]) {
    const minutes = decimal(clock[2]).times('100').div('60')
    return minutes.round(0, 0).eq(minutes) ? decimal(clock[1]).plus(minutes.div('100')).toFixed(2) : undefined
  }
  const read = kindOf(kind).read(written, kind, {})
  return read.ok ? String(read.value) : undefined
}

const shown = (hours: string) => (compareDecimals(hours, '0') === 0 ? '' : decimal(hours).toFixed())

const dayCells = (days: readonly DayOfWork[], week: readonly string[]): DayCells =>
  Object.fromEntries(
    week.map((on) => {
      const day = days.find((one) => one.on === on)
      return [on, { regular: shown(day?.regular ?? '0'), overtime: shown(day?.overtime ?? '0') }]
    }),
  )

export const noDays = (week: readonly string[]): DayCells => dayCells([], week)

/** What a row shows before anything is typed. */
export function startOf({ hours, needs_days: needsDays }: GridRow, week: readonly string[]): Typed {
  return {
    regular: shown(hours?.regular ?? '0'),
    overtime: shown(hours?.overtime ?? '0'),
    days: hours?.days?.length ? dayCells(hours.days, week) : needsDays ? noDays(week) : null,
    confirmed: hours?.over_40_confirmed ?? false,
  }
}

export const weekOf = ({ from_on: from, week_ending: until }: { from_on: string; week_ending: string }) =>
  daysFrom(from, until)

/** The hours of a row: those typed, or the sums of its days. Undefined where something is not readable. */
export function hoursOf(typed: Typed, column: Column): string | undefined {
  if (!typed.days) return readHours(typed[column])
  const read = Object.values(typed.days).map((day) => readHours(day[column]))
  return read.every((hours) => hours !== undefined) ? sumOf(read.map((hours) => decimal(hours))).toFixed(2) : undefined
}

/** Whether a row may be typed into: what was submitted comes back first. */
export const isOpen = ({ problem, hours }: GridRow) =>
  problem === null && (hours === null || hours.state === 'draft' || hours.state === 'rejected')

export const isSame = (one: Typed, other: Typed) => JSON.stringify(one) === JSON.stringify(other)

/** Whether there is anything in a row. */
export const isBlank = (typed: Typed) =>
  (['regular', 'overtime'] as const).every((column) => {
    const hours = hoursOf(typed, column)
    return hours !== undefined && compareDecimals(hours, '0') === 0
  })

function faultOf(text: string, step: string): Faulty | undefined {
  const hours = readHours(text)
  if (hours === undefined) return 'not_hours'
  if (compareDecimals(hours, '0') < 0) return 'negative'
  return decimal(hours).mod(decimal(step)).eq(zero) ? undefined : 'not_in_steps'
}

/** What is wrong with one cell by itself. */
export const cellFault = (typed: Typed, column: Column, step: string, day?: string): Faulty | undefined =>
  faultOf(day && typed.days ? (typed.days[day]?.[column] ?? '') : typed[column], step)

/** What is wrong with a row, before it is sent. */
export function rowFault(typed: Typed, step: string): Faulty | undefined {
  const columns = ['regular', 'overtime'] as const
  const cells = typed.days
    ? Object.keys(typed.days).flatMap((day) => columns.map((column) => cellFault(typed, column, step, day)))
    : columns.map((column) => cellFault(typed, column, step))
  const first = cells.find((fault) => fault !== undefined)
  if (first) return first
  const total = (texts: readonly string[]) => sumOf(texts.map((text) => decimal(readHours(text) ?? '0')))
  const days = Object.values(typed.days ?? {})
  if (days.some((day) => total([day.regular, day.overtime]).gt('24'))) return 'day_too_long'
  const all = columns.map((column) => hoursOf(typed, column) ?? '0')
  return total(all).gt('168') ? 'too_many' : undefined
}

/** More regular hours than 40 are asked about. */
export function isOver40(typed: Typed): boolean {
  const hours = hoursOf(typed, 'regular')
  return hours !== undefined && compareDecimals(hours, '40') > 0
}

const filled = (days: DayCells): DayOfWork[] =>
  Object.entries(days).flatMap(([on, day]) => {
    const [regular, overtime] = [readHours(day.regular) ?? '0.00', readHours(day.overtime) ?? '0.00']
    return compareDecimals(regular, '0') === 0 && compareDecimals(overtime, '0') === 0
      ? []
      : [{ on, regular, overtime }]
  })

/** The subsidy of what is typed; undefined where a rate or the hours are not known here. */
export function subsidyOf(row: GridRow, typed: Typed): string | undefined {
  const [regular, overtime] = [hoursOf(typed, 'regular'), hoursOf(typed, 'overtime')]
  if (regular === undefined || overtime === undefined) return undefined
  const factor = decimal(row.overtime_factor)
  const amount = (straight: string, over: string, perHour: string) =>
    decimal(straight).plus(decimal(over).times(factor)).times(decimal(perHour))
  if (row.per_hour !== null) return toCents(amount(regular, overtime, row.per_hour))
  const { rates } = row
  if (!typed.days || !rates) return isBlank(typed) ? '0.00' : undefined
  const amounts = filled(typed.days).map((day) => {
    const part = rates.find(({ from_on: from, until_on: until }) => from <= day.on && day.on <= until)
    return part && amount(day.regular, day.overtime, part.per_hour)
  })
  return amounts.every((one) => one !== undefined) ? toCents(sumOf(amounts)) : undefined
}

/** What is sent of a row. */
export function sentOf(row: GridRow, typed: Typed): SentRow {
  return {
    assignment: row.assignment,
    regular: hoursOf(typed, 'regular') ?? '0.00',
    overtime: hoursOf(typed, 'overtime') ?? '0.00',
    ...(typed.days ? { days: filled(typed.days) } : {}),
    ...(typed.confirmed ? { over_40_confirmed: true } : {}),
  }
}

export interface Totals extends Readonly<Record<Column, string>> {
  readonly subsidy: string
}

/** The sums of what is readable; a row whose subsidy is not known here counts with what it was saved with. */
export function totalsOf(rows: readonly { readonly row: GridRow; readonly typed: Typed }[]): Totals {
  const add = (values: readonly (string | undefined)[]) =>
    sumOf(values.map((value) => decimal(value ?? '0'))).toFixed(2)
  return {
    regular: add(rows.map(({ typed }) => hoursOf(typed, 'regular'))),
    overtime: add(rows.map(({ typed }) => hoursOf(typed, 'overtime'))),
    subsidy: add(rows.map(({ row, typed }) => subsidyOf(row, typed) ?? row.hours?.subsidy)),
  }
}
