import { expect, test } from 'vitest'
import { dayAfter, daysFrom, lastWeekday, weekdayOf } from './index.ts'

test('days go on over the ends of months and leap years, and back', () => {
  expect(dayAfter('2026-12-31', 1)).toBe('2027-01-01')
  expect(dayAfter('2026-03-01', -1)).toBe('2026-02-28')
  expect(daysFrom('2024-02-28', '2024-03-01')).toEqual(['2024-02-28', '2024-02-29', '2024-03-01'])
})

test.each([
  ['2026-11-23', 1],
  ['2026-11-28', 6],
  ['2026-11-29', 7],
])('%s is weekday %i', (day, weekday) => expect(weekdayOf(day)).toBe(weekday))

test.each([
  ['on the day itself', '2026-11-27', 5, '2026-11-27'],
  ['a day later', '2026-11-28', 5, '2026-11-27'],
  ['a day earlier, it is a week ago', '2026-11-26', 5, '2026-11-20'],
  ['on a Sunday', '2026-11-29', 7, '2026-11-29'],
])('the latest weekday, %s', (_when, day, weekday, last) => expect(lastWeekday(day, weekday)).toBe(last))
