import { dayAfter } from '../../subsidy.ts'

const weekdayOf = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay() || 7

/** The last day, on or before one, that ends a payroll week. Monday is 1, Sunday is 7. */
export const lastEnding = (today: string, payrollDay: number): string =>
  dayAfter(today, -((weekdayOf(today) - payrollDay + 7) % 7))

/** The ends of the latest payroll weeks, the latest first, and another one that was asked for. */
export function endingsOf(today: string, payrollDay: number, count: number, asked?: string): string[] {
  const last = lastEnding(today, payrollDay)
  const all = Array.from({ length: count }, (_, index) => dayAfter(last, -7 * index))
  return asked && !all.includes(asked) ? [...all, asked].toSorted().toReversed() : all
}
