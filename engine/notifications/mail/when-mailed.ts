import type { MailPace } from '@commonhall/kernel'

/** The hours of a person's day: when digests come, and when no mail does. */
export interface Rhythm {
  /** 0 to 23. */
  readonly hour: number
  /** 1 Monday … 7 Sunday. */
  readonly weekday: number
  /** Times of day, `21:00` to `07:00`; over midnight where the first is the later one. */
  readonly quiet: { readonly from: string; readonly until: string } | null
  /** IANA name. */
  readonly timeZone: string
}

/** What people have who have chosen nothing: digests at seven, weekly ones on Mondays, no quiet hours. */
export const usualRhythm = { hour: 7, weekday: 1, quiet: null } as const

/**
 * When mail about something goes out that is told at `now`; null: never. Hours that the clocks skip come an hour later,
 * hours that they repeat count once. A digest comes at the hour that was chosen for it, quiet or not.
 */
export function whenMailed(
  pace: MailPace,
  always: boolean,
  { hour, weekday, quiet, timeZone }: Rhythm,
  now: Temporal.Instant,
): Temporal.Instant | null {
  if (always) return now
  const here = now.toZonedDateTimeISO(timeZone)
  if (pace === 'now') return (quiet ? quietUntil(quiet, here) : here).toInstant()
  if (pace === 'off') return null
  const at = new Temporal.PlainTime(hour)
  const wanted = pace === 'daily' ? null : weekday
  return next(here, at, wanted).toInstant()
}

/** The next time that it is so late, on that weekday if one is given; never now. */
function next(here: Temporal.ZonedDateTime, at: Temporal.PlainTime, weekday: number | null): Temporal.ZonedDateTime {
  const { timeZoneId: timeZone } = here
  for (let days = 0; ; days += 1) {
    const day = here.toPlainDate().add({ days })
    if (weekday !== null && day.dayOfWeek !== weekday) continue
    const then = day.toZonedDateTime({ timeZone, plainTime: at })
    if (Temporal.ZonedDateTime.compare(then, here) > 0) return then
  }
}

/** The end of the quiet hours, if it is within them. */
function quietUntil({ from, until }: { from: string; until: string }, here: Temporal.ZonedDateTime) {
  const time = here.toPlainTime()
  const isAfter = (clock: string) => Temporal.PlainTime.compare(time, Temporal.PlainTime.from(clock)) >= 0
  const isQuiet = from < until ? isAfter(from) && !isAfter(until) : isAfter(from) || !isAfter(until)
  if (!isQuiet) return here
  const at = Temporal.PlainTime.from(until)
  // In the hour that clocks repeat the first end may be past, and the second to come.
  const today = here.toPlainDate().toPlainDateTime(at)
  const second = today.toZonedDateTime(here.timeZoneId, { disambiguation: 'later' })
  const first = next(here, at, null)
  const isSooner = Temporal.ZonedDateTime.compare(second, here) > 0 && Temporal.ZonedDateTime.compare(second, first) < 0
  return isSooner ? second : first
}
