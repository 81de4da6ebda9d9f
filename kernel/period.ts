import { dayAfter, weekdayOf } from './days.ts'

/** Stretches of days that people ask for by name; weeks begin on Monday. */
export const periodNames = [
  'this-week',
  'last-week',
  'this-month',
  'last-month',
  'this-quarter',
  'last-quarter',
  'this-year',
  'last-year',
] as const

export type PeriodName = (typeof periodNames)[number]

/** First and last day, both included, `YYYY-MM-DD`. */
export interface Days {
  readonly from: string
  readonly until: string
}

export const isPeriodName = (text: unknown): text is PeriodName => periodNames.some((name) => name === text)

const months = { month: 1, quarter: 3, year: 12 } as const

/** The days that a name means, seen from a day. A period that still runs goes to its last day. */
export function periodOf(name: PeriodName, today: string): Days {
  const [which, unit] = name.split('-') as ['this' | 'last', keyof typeof months | 'week']
  const back = which === 'last' ? 1 : 0
  if (unit === 'week') {
    const monday = dayAfter(today, 1 - weekdayOf(today) - back * 7)
    return { from: monday, until: dayAfter(monday, 6) }
  }
  const [year = 0, month = 1] = today.split('-').map(Number)
  const length = months[unit]
  const first = month - 1 - ((month - 1) % length) - back * length
  return { from: dayOf(year, first, 1), until: dayOf(year, first + length, 0) }
}

/** Months and days that run over the ends of a year or a month are counted on from there. */
const dayOf = (year: number, month: number, day: number) =>
  new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10)
