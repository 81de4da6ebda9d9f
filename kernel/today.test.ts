import { afterEach, expect, test, vi } from 'vitest'
import { field, parseRecord, todayIn } from './index.ts'

afterEach(() => void vi.useRealTimers())

test('at eleven at night in New York it is still today there, while in UTC it is already tomorrow', () => {
  vi.useFakeTimers({ now: new Date('2026-11-22T04:00:00Z') })
  expect(todayIn('America/New_York')).toBe('2026-11-21')
  expect(todayIn('UTC')).toBe('2026-11-22')
})

test('a date that defaults to today takes the day that it is given', () => {
  const fields = { on: field.date({ default: 'today' }) }
  expect(parseRecord(fields, {}, { today: '2026-11-21' })).toEqual({ ok: true, values: { on: '2026-11-21' } })
})
