import { formatInstant } from '../fields/format.ts'
import { t } from '../say.ts'
import type { Row } from '../wire/records.ts'

/** A report that goes out by mail, as the server keeps it. */
export interface Schedule extends Row {
  readonly report: string
  readonly asked: Readonly<Record<string, string>>
  readonly format: 'csv' | 'xlsx' | 'pdf'
  readonly every: 'week' | 'month'
  readonly day: number
  readonly hour: number
  readonly recipients: readonly string[]
  readonly state: 'active' | 'paused'
  readonly next_at: string | null
}

const names = new Intl.DateTimeFormat('en-US', { weekday: 'long', timeZone: 'UTC' })

/** 1 is Monday, 7 Sunday; 5 January 1970 was a Monday. */
export const weekdayName = (day: number): string => names.format(new Date(Date.UTC(1970, 0, 4 + day)))

const hours = new Intl.DateTimeFormat('en-US', { hour: 'numeric', timeZone: 'UTC' })

export const hourName = (hour: number): string => hours.format(new Date(Date.UTC(1970, 0, 1, hour)))

/** When it goes out, in words. */
export function rhythmOf({ every, day, hour }: Pick<Schedule, 'every' | 'day' | 'hour'>): string {
  const at = hourName(hour)
  return every === 'week'
    ? t('reports.mail.weekly', { day: weekdayName(day), hour: at })
    : t('reports.mail.monthly', { day, hour: at })
}

export const nextOf = ({ next_at: next }: Schedule): string =>
  next ? t('reports.mail.next', { at: formatInstant(next) }) : t('reports.mail.paused')
