import { dayAfter, lastWeekday } from '@commonhall/kernel'

/** The ends of the latest payroll weeks, the latest first, and another one that was asked for. */
export function endingsOf(today: string, payrollDay: number, count: number, asked?: string): string[] {
  const last = lastWeekday(today, payrollDay)
  const all = Array.from({ length: count }, (_, index) => dayAfter(last, -7 * index))
  return asked && !all.includes(asked) ? [...all, asked].toSorted().toReversed() : all
}
