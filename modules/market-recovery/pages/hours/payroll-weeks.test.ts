import { expect, test } from 'vitest'
import { presetsOf } from '../payments/presets.ts'
import { endingsOf, lastEnding } from './payroll-weeks.ts'

test('the last payroll week is the one that has ended, today at the latest', () => {
  expect(lastEnding('2026-03-04', 7)).toBe('2026-03-01')
  expect(lastEnding('2026-03-01', 7)).toBe('2026-03-01')
  expect(lastEnding('2026-03-01', 1)).toBe('2026-02-23')
})

test('the weeks go back from there; an older one that was asked for is among them', () => {
  expect(endingsOf('2026-03-04', 6, 3)).toEqual(['2026-02-28', '2026-02-21', '2026-02-14'])
  expect(endingsOf('2026-03-04', 6, 2, '2025-12-27')).toEqual(['2026-02-28', '2026-02-21', '2025-12-27'])
})

test('pay periods are whole weeks from Monday to Sunday, and months', () => {
  const on = (today: string) =>
    Object.fromEntries(presetsOf(today).map(({ name, from, until }) => [name, [from, until]]))
  expect(on('2026-03-04')).toEqual({
    lastWeek: ['2026-02-23', '2026-03-01'],
    lastTwoWeeks: ['2026-02-16', '2026-03-01'],
    lastMonth: ['2026-02-01', '2026-02-28'],
    thisMonth: ['2026-03-01', '2026-03-04'],
  })
  expect(on('2026-03-01')['lastWeek']).toEqual(['2026-02-16', '2026-02-22'])
})
