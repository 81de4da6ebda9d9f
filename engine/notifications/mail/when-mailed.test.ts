import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mailPaces } from '@commonhall/kernel'
import { waysOf } from '../settings/choice.ts'
import { type Rhythm, usualRhythm, whenMailed } from './when-mailed.ts'

const zone = 'America/New_York'
const night = { from: '21:00', until: '07:00' }
const noon = { from: '12:00', until: '13:30' }

const rhythm = (changes: Partial<Rhythm> = {}): Rhythm => ({ ...usualRhythm, timeZone: zone, ...changes })

/** When something is mailed that is told at a local time, as the local time of the answer. */
function mailed(pace: (typeof mailPaces)[number], told: string, how: Partial<Rhythm> = {}, always = false) {
  const wanted = rhythm(how)
  const now = Temporal.PlainDateTime.from(told).toZonedDateTime(wanted.timeZone).toInstant()
  const due = whenMailed(pace, always, wanted, now)
  return due && due.toZonedDateTimeISO(wanted.timeZone).toPlainDateTime().toString({ smallestUnit: 'minute' })
}

// 2026-03-02 is a Monday. In New York clocks go forward on 2026-03-08 at two, and back on 2026-11-01 at two.
describe('mail goes out', () => {
  test.each([
    ['now', '2026-03-02T10:00', {}, '2026-03-02T10:00'],
    ['now', '2026-03-02T22:30', { quiet: night }, '2026-03-03T07:00'],
    ['now', '2026-03-03T06:59', { quiet: night }, '2026-03-03T07:00'],
    ['now', '2026-03-03T07:00', { quiet: night }, '2026-03-03T07:00'],
    ['now', '2026-03-03T20:59', { quiet: night }, '2026-03-03T20:59'],
    ['now', '2026-03-03T21:00', { quiet: night }, '2026-03-04T07:00'],
    ['now', '2026-03-03T12:10', { quiet: noon }, '2026-03-03T13:30'],
    ['now', '2026-03-03T11:59', { quiet: noon }, '2026-03-03T11:59'],
    ['daily', '2026-03-02T06:00', {}, '2026-03-02T07:00'],
    ['daily', '2026-03-02T07:00', {}, '2026-03-03T07:00'],
    ['daily', '2026-03-02T23:00', { hour: 18 }, '2026-03-03T18:00'],
    ['daily', '2026-03-02T04:00', { hour: 5, quiet: night }, '2026-03-02T05:00'],
    ['weekly', '2026-03-02T06:00', {}, '2026-03-02T07:00'],
    ['weekly', '2026-03-02T08:00', {}, '2026-03-09T07:00'],
    ['weekly', '2026-03-02T08:00', { weekday: 7, hour: 0 }, '2026-03-08T00:00'],
    ['off', '2026-03-02T08:00', {}, null],
    // The hour that clocks skip: a digest at two comes at three, and quiet hours end then.
    ['daily', '2026-03-07T12:00', { hour: 2 }, '2026-03-08T03:00'],
    ['now', '2026-03-08T01:30', { quiet: { from: '23:00', until: '02:30' } }, '2026-03-08T03:30'],
    // The hour that they repeat: the first of the two counts, and the day is 25 hours long.
    ['daily', '2026-10-31T12:00', { hour: 1 }, '2026-11-01T01:00'],
    ['daily', '2026-10-31T07:00', {}, '2026-11-01T07:00'],
    ['weekly', '2026-10-25T07:00', { weekday: 7 }, '2026-11-01T07:00'],
    ['daily', '2026-03-02T20:00', { timeZone: 'Asia/Kathmandu' }, '2026-03-03T07:00'],
  ] as const)('%s, told %s with %o: %s', (pace, told, how, then) => {
    expect(mailed(pace, told, how)).toBe(then)
  })

  test.each(mailPaces)('at once where nobody may miss it, also at night and with %s', (pace) => {
    expect(mailed(pace, '2026-03-02T23:00', { quiet: night }, true)).toBe('2026-03-02T23:00')
  })

  test.each([
    ['2026-11-01T05:10:00Z', '2026-11-01T05:30:00Z'],
    ['2026-11-01T06:10:00Z', '2026-11-01T06:30:00Z'],
    ['2026-11-01T06:40:00Z', '2026-11-01T06:40:00Z'],
  ])('when quiet hours end in the repeated hour, the same night: told %s, %s', (told, then) => {
    const quiet = { from: '21:00', until: '01:30' }
    expect(whenMailed('now', false, rhythm({ quiet }), Temporal.Instant.from(told))?.toString()).toBe(then)
  })

  test('after a digest in the repeated hour, not again an hour later', () => {
    const first = Temporal.Instant.from('2026-11-01T05:00:00Z')
    const second = whenMailed('daily', false, rhythm({ hour: 1 }), first)
    expect(second?.toString()).toBe('2026-11-02T06:00:00Z')
  })

  const clocks = fc.integer({ min: 0, max: 1439 }).map((minutes) => {
    const [hours, rest] = [Math.floor(minutes / 60), minutes % 60].map((part) => String(part).padStart(2, '0'))
    return `${hours}:${rest}`
  })
  const zones = fc.constantFrom(zone, 'Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC')
  const moments = fc
    .integer({ min: Date.UTC(2025, 0), max: Date.UTC(2028, 0) })
    .map((at) => Temporal.Instant.fromEpochMilliseconds(at))
  const rhythms = fc.record({
    hour: fc.integer({ min: 0, max: 23 }),
    weekday: fc.integer({ min: 1, max: 7 }),
    quiet: fc.option(fc.record({ from: clocks, until: clocks }).filter(({ from, until }) => from !== until)),
    timeZone: zones,
  })

  test('never before it is told, and never later than chosen', () => {
    const longest = { now: 25, daily: 26, weekly: 7 * 24 + 2, off: 0 } as const
    fc.assert(
      fc.property(fc.constantFrom(...mailPaces), rhythms, moments, (pace, how, now) => {
        const due = whenMailed(pace, false, how, now)
        if (pace === 'off') return due === null
        const hours = due ? due.since(now).total('hours') : -1
        return hours >= 0 && hours <= longest[pace]
      }),
    )
  })

  test('never within quiet hours, for what is mailed at once', () => {
    fc.assert(
      fc.property(rhythms, moments, (how, now) => {
        const due = whenMailed('now', false, how, now)
        // At its end it is not quiet any more: asked again then, the answer is the same moment.
        return due !== null && whenMailed('now', false, how, due)?.equals(due) === true
      }),
    )
  })
})

describe('by which ways somebody is told', () => {
  const daily = { name: 'a.b', mail: 'daily' } as const
  const always = { ...daily, always: true }
  const none = { choices: {}, noMail: false }
  test.each([
    [daily, none, { inbox: true, mail: 'daily' }],
    [daily, { ...none, choices: { 'a.b': { mail: 'now' } } }, { inbox: true, mail: 'now' }],
    [daily, { ...none, choices: { 'a.b': { inbox: false, mail: 'off' } } }, { inbox: false, mail: 'off' }],
    [daily, { ...none, choices: { 'a.c': { mail: 'off' } } }, { inbox: true, mail: 'daily' }],
    [daily, { choices: { 'a.b': { mail: 'now' } }, noMail: true }, { inbox: true, mail: 'off' }],
    [always, { choices: { 'a.b': { inbox: false, mail: 'off' } }, noMail: true }, { inbox: true, mail: 'now' }],
  ] as const)('%o with %o', (notice, wishes, ways) => {
    expect(waysOf(notice, wishes)).toEqual(ways)
  })
})
