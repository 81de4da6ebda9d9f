/** When something comes again and again: on a weekday, 1 Monday to 7 Sunday, or on a day of the month. */
export interface Rhythm {
  readonly every: 'week' | 'month'
  readonly day: number
  readonly hour: number
}

/** The next time after a moment, as clocks of the time zone have it; where they skip the hour, the one after it. */
export function nextAt({ every, day, hour }: Rhythm, timeZone: string, after: Temporal.Instant): Temporal.Instant {
  const today = after.toZonedDateTimeISO(timeZone).toPlainDate()
  const days =
    every === 'week'
      ? [0, 7].map((more) => today.add({ days: ((day - today.dayOfWeek + 7) % 7) + more }))
      : [0, 1].map((more) => dayIn(today.toPlainYearMonth().add({ months: more }), day))
  const times = days.map((date) => date.toZonedDateTime({ timeZone, plainTime: { hour } }).toInstant())
  const [next] = times.filter((time) => Temporal.Instant.compare(time, after) > 0)
  if (!next) throw new Error('A rhythm comes again within a month.')
  return next
}

/** In a month that has no such day, its last. */
const dayIn = (month: Temporal.PlainYearMonth, day: number) =>
  month.toPlainDate({ day: Math.min(day, month.daysInMonth) })
