import { expect, test } from 'vitest'
import { nextAt, type Rhythm } from './next-at.ts'

const next = (rhythm: Rhythm, after: string, zone = 'America/New_York') =>
  nextAt(rhythm, zone, Temporal.Instant.from(after)).toString()

const monday: Rhythm = { every: 'week', day: 1, hour: 7 }
const last: Rhythm = { every: 'month', day: 31, hour: 7 }

test.each<[string, Rhythm, string, string]>([
  ['later this week', monday, '2026-03-18T12:00:00Z', '2026-03-23T11:00:00Z'],
  ['today, as it is still early', monday, '2026-03-23T10:59:59Z', '2026-03-23T11:00:00Z'],
  ['in a week, as its hour has just come', monday, '2026-03-23T11:00:00Z', '2026-03-30T11:00:00Z'],
  ['an hour later by UTC once summer time ends', monday, '2026-10-27T00:00:00Z', '2026-11-02T12:00:00Z'],
  ['on the last day of a short month', last, '2026-02-01T00:00:00Z', '2026-02-28T12:00:00Z'],
  ['in the next month', last, '2026-03-31T11:00:00Z', '2026-04-30T11:00:00Z'],
  ['at three, where clocks skip two', { ...monday, day: 7, hour: 2 }, '2026-03-07T00:00:00Z', '2026-03-08T07:00:00Z'],
])('it comes %s', (_when, rhythm, after, expected) => expect(next(rhythm, after)).toBe(expected))
