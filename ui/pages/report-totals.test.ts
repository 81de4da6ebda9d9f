import { field } from '@commonhall/kernel'
import { expect, test } from 'vitest'
import { totalsOf } from './report-totals.ts'

test('sums are exact, whatever a float would make of them', () => {
  const columns = { who: field.text(), amount: field.money({ total: true }), hours: field.hours({ total: true }) }
  const rows = [
    { who: 'Ann', amount: '0.10', hours: '7.25' },
    { who: 'Ben', amount: '0.20', hours: null },
    { who: 'Cal', amount: '-9007199254740993.31', hours: '-7.50' },
  ]
  expect(totalsOf(columns, rows)).toEqual({ amount: '-9007199254740993.01', hours: '-0.25' })
})

test('no column asks, no total', () => {
  expect(totalsOf({ who: field.text() }, [{ who: 'Ann' }])).toBeUndefined()
})
