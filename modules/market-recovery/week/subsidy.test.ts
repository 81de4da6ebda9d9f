import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decimal, toCents } from '@commonhall/kernel'
import type { Calculation } from './calculation.ts'
import { calculate, perHour, ratesOf, subsidyOf, type Terms, type Week } from './subsidy.ts'
import { centsOf, inDollars } from '../testing/oracle.ts'
import { randomWeeks } from '../testing/random-weeks.ts'

const week: Week = { from_on: '2025-03-03', until_on: '2025-03-09', regular: '40.00', overtime: '0.00', days: null }
const terms: Terms = {
  basis: 'rate-gap',
  classification: 'Journeyman',
  overtime_factor: '1.0',
  contractor_rate: '35.0000',
  rate: null,
  scales: [{ rate: '50.0000', from_on: '2025-01-01', until_on: null }],
}

const reckoned = (given: Partial<Week>, by: Partial<Terms> = {}): string => {
  const calculation = calculate({ ...week, ...given }, { ...terms, ...by })
  return 'fault' in calculation ? `${calculation.fault} ${calculation.on}` : subsidyOf(calculation)
}

describe('a week comes to', () => {
  test.each([
    ['50.00', '35.00', null, '1', '40.00', '0.00', '600.00'],
    ['50.00', '35.00', '12.50', '1.5', '40.00', '6.00', '612.50'],
    ['50.00', '52.00', null, '1', '38.50', '0.00', '0.00'],
    ['61.3750', '48.9125', null, '2', '37.25', '2.75', '532.77'],
    // A half cent is rounded away from zero, once for the whole week, in both directions.
    ['10.01', '10.00', null, '1', '0.50', '0.00', '0.01'],
    ['10.01', '10.00', null, '1', '-0.50', '0.00', '-0.01'],
    ['10.01', '10.00', null, '1', '0.25', '0.00', '0.00'],
    ['10.01', '10.00', null, '1', '-0.25', '0.00', '0.00'],
    ['50.00', '35.00', '0', '2', '40.00', '8.00', '0.00'],
    ['50.00', '50.00', '12.50', '2', '40.00', '8.00', '0.00'],
  ])(
    'of scale %s and %s, at most %s, overtime × %s, %s and %s hours: %s',
    (rate, contractor_rate, cap, factor, regular, overtime, subsidy) => {
      const scales = [{ rate, from_on: '2025-01-01', until_on: null }]
      expect(reckoned({ regular, overtime }, { contractor_rate, rate: cap, overtime_factor: factor, scales })).toBe(
        subsidy,
      )
    },
  )

  test.each([
    ['fixed-rate', '7.25', '290.00'],
    ['award', '12.3456', '493.82'],
  ] as const)('of a %s of %s: %s, whatever scale there is', (basis, rate, subsidy) => {
    expect(reckoned({}, { basis, rate })).toBe(subsidy)
    expect(reckoned({}, { basis, rate, scales: [] })).toBe(subsidy)
  })
})

test('10,000 weeks are not a cent off what fractions of whole numbers say', () => {
  let byDay = 0
  let below = 0
  for (const { week: given, terms: by, oracle } of randomWeeks(10_000)) {
    const calculation = calculate(given, by) as Calculation
    const subsidy = subsidyOf(calculation)
    expect([oracle, subsidy]).toEqual([oracle, inDollars(centsOf(oracle))])
    if (calculation.lines.length > 1) byDay += 1
    if (subsidy.startsWith('-')) below += 1
  }
  // Those that are hard are among them.
  expect([byDay > 500, below > 500]).toEqual([true, true])
})

describe('a scale that changes in a week', () => {
  const scales = [
    { rate: '50.0000', from_on: '2025-01-01', until_on: '2025-03-05' },
    { rate: '52.0000', from_on: '2025-03-06', until_on: null },
  ]
  const days = [
    { on: '2025-03-07', regular: '8.00', overtime: '2.00' },
    { on: '2025-03-03', regular: '8.00', overtime: '0.00' },
    { on: '2025-03-04', regular: '8.00', overtime: '0.00' },
  ]

  test('needs the hours of each day, and says from which on', () => {
    expect(reckoned({}, { scales })).toBe('needs_days 2025-03-06')
  })

  test('has each day at its own scale, and one line for each scale', () => {
    const calculation = calculate({ ...week, regular: '24.00', overtime: '2.00', days }, { ...terms, scales })
    expect(calculation).toMatchObject({
      lines: [
        { from_on: '2025-03-03', until_on: '2025-03-04', regular: '16.00', scale: '50.0000', per_hour: '15' },
        { from_on: '2025-03-07', until_on: '2025-03-07', regular: '8.00', overtime: '2.00', per_hour: '17' },
      ],
    })
    expect(subsidyOf(calculation as Calculation)).toBe('410.00')
  })

  test('is none to whom the same is paid per hour anyway', () => {
    expect(reckoned({}, { scales, basis: 'fixed-rate', rate: '5' })).toBe('200.00')
  })

  test('is none before the first day that there can be hours', () => {
    expect(reckoned({ from_on: '2025-03-06' }, { scales })).toBe('680.00')
  })

  test('is none where both have the same rate', () => {
    expect(reckoned({}, { scales: scales.map((one) => ({ ...one, rate: '50.0000' })) })).toBe('600.00')
  })

  test('has its rates day by day', () => {
    expect(ratesOf(week, { ...terms, scales })).toEqual([
      { from_on: '2025-03-03', until_on: '2025-03-05', per_hour: '15' },
      { from_on: '2025-03-06', until_on: '2025-03-09', per_hour: '17' },
    ])
    expect(ratesOf(week, { ...terms, scales: scales.slice(1) })[0]).toMatchObject({ per_hour: null })
  })
})

describe('a scale that is missing', () => {
  test('is asked for, with the day', () => {
    expect(reckoned({}, { scales: [] })).toBe('no_scale 2025-03-03')
    const ended = [{ rate: '50', from_on: '2025-01-01', until_on: '2025-03-05' }]
    const day = (on: string, regular: string) => ({ on, regular, overtime: '0.00' })
    expect(reckoned({ days: [day('2025-03-07', '8.00')] }, { scales: ended })).toBe('no_scale 2025-03-07')
    // On a day without hours none is needed.
    expect(reckoned({ days: [day('2025-03-04', '8.00'), day('2025-03-07', '0.00')] }, { scales: ended })).toBe('120.00')
  })
})

const rate = fc.integer({ min: 0, max: 1_000_000 }).map((n) => (n / 10_000).toFixed(4))

test('an hour is never subsidized below nothing, nor above the gap, nor above the most', () => {
  fc.assert(
    fc.property(rate, rate, fc.option(rate), (scale, contractor, cap) => {
      const each = perHour('rate-gap', scale, contractor, cap)
      expect(each.gte(decimal('0'))).toBe(true)
      expect(each.eq(decimal('0')) || each.plus(decimal(contractor)).lte(decimal(scale))).toBe(true)
      expect(cap === null || each.lte(decimal(cap))).toBe(true)
    }),
  )
})

test('what is taken back whole is exactly what was given', () => {
  for (const { week: given, terms: by } of randomWeeks(500, 7)) {
    const back = (hours: string) => decimal(hours).times(decimal('-1')).toFixed(2)
    const mirrored = {
      ...given,
      regular: back(given.regular),
      overtime: back(given.overtime),
      days:
        given.days?.map(({ on, regular, overtime }) => ({ on, regular: back(regular), overtime: back(overtime) })) ??
        null,
    }
    const [one, other] = [given, mirrored].map((one) => decimal(subsidyOf(calculate(one, by) as Calculation)))
    expect(one?.plus(other ?? decimal('1')).toFixed(2)).toBe('0.00')
  }
})

test('what is taken back and comes to nothing has no sign', () => {
  expect(toCents(decimal('-0.004'))).toBe('0.00')
})
