import { expect, test } from 'vitest'
import { presetsOf } from './presets.ts'

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
