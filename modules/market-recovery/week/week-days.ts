import { compareDecimals, decimal, field, kindOf, sumOf } from '@commonhall/kernel'
import type { DayOfWork } from './calculation.ts'

/** What is wrong with something, as the key of its sentence and what fills it in. */
export interface Fault {
  readonly path: string
  readonly code: string
  readonly params?: Readonly<Record<string, unknown>>
}

const kinds = { on: field.date(), regular: field.hours(), overtime: field.hours() }

/** One day as it was sent, in its stored form; undefined where it is none. */
function readDay(given: unknown): DayOfWork | undefined {
  if (typeof given !== 'object' || given === null) return undefined
  const { on, regular = '0', overtime = '0', ...more } = given as Record<string, unknown>
  const [day, straight, over] = [
    kindOf(kinds.on).parse(on, kinds.on),
    kindOf(kinds.regular).parse(regular, kinds.regular),
    kindOf(kinds.overtime).parse(overtime, kinds.overtime),
  ]
  if (!day.ok || !straight.ok || !over.ok || Object.keys(more).length) return undefined
  return { on: day.value as string, regular: straight.value as string, overtime: over.value as string }
}

/** The hours per day in their stored form, or what is wrong with them. */
export function readDays(given: unknown): readonly DayOfWork[] | Fault {
  const fault = { path: 'days', code: 'days_shape' }
  if (!Array.isArray(given) || given.length > 7) return fault
  const days = given.map(readDay)
  return days.every((day) => day !== undefined) ? days : fault
}

interface DaysOf {
  readonly from_on: string
  readonly until_on: string
  /** The first day of the week on which there can be hours: an assignment may begin inside it. */
  readonly worked_from: string
  readonly regular: string
  readonly overtime: string
}

const hasHours = ({ regular, overtime }: DayOfWork) =>
  [regular, overtime].some((one) => compareDecimals(one, '0') !== 0)

/** What is wrong with the hours per day of a week: each day once, inside the week, and the same hours in all. */
export function faultsOfDays(days: readonly DayOfWork[], week: DaysOf): Fault[] {
  const faults: Fault[] = []
  const seen = new Set<string>()
  for (const day of days) {
    const { on, regular, overtime } = day
    const from = hasHours(day) ? week.worked_from : week.from_on
    if (on < from || on > week.until_on)
      faults.push({ path: 'days', code: 'day_outside', params: { on, from, until: week.until_on } })
    if (seen.has(on)) faults.push({ path: 'days', code: 'day_twice', params: { on } })
    if (decimal(regular).plus(decimal(overtime)).abs().gt(decimal('24')))
      faults.push({ path: 'days', code: 'day_too_long', params: { on } })
    seen.add(on)
  }
  for (const name of ['regular', 'overtime'] as const) {
    const sum = sumOf(days.map((day) => decimal(day[name]))).toFixed(2)
    if (compareDecimals(sum, week[name]) !== 0)
      faults.push({ path: 'days', code: `days_${name}`, params: { sum, hours: decimal(week[name]).toFixed(2) } })
  }
  return faults
}
