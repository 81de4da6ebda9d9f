import { expect, test } from 'vitest'
import { isPeriodName, periodNames, periodOf } from './period.ts'

test.each([
  ['this-week', '2026-03-18', '2026-03-16', '2026-03-22'],
  ['this-week', '2026-03-15', '2026-03-09', '2026-03-15'],
  ['last-week', '2026-01-01', '2025-12-22', '2025-12-28'],
  ['this-month', '2028-02-29', '2028-02-01', '2028-02-29'],
  ['last-month', '2026-03-31', '2026-02-01', '2026-02-28'],
  ['last-month', '2026-01-15', '2025-12-01', '2025-12-31'],
  ['this-quarter', '2026-11-21', '2026-10-01', '2026-12-31'],
  ['last-quarter', '2026-02-10', '2025-10-01', '2025-12-31'],
  ['this-year', '2026-07-04', '2026-01-01', '2026-12-31'],
  ['last-year', '2026-07-04', '2025-01-01', '2025-12-31'],
] as const)('%s on %s is %s to %s', (name, today, from, until) =>
  expect(periodOf(name, today)).toEqual({ from, until }),
)

test('names are told from other words', () =>
  expect([...periodNames, 'next-week', 'last', '', null].filter(isPeriodName)).toEqual(periodNames))
