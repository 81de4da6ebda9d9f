import { daysFrom, type Decimal, decimal, largest, smallest, sumOf, toCents, zero } from '@commonhall/kernel'
import type { Calculation, CalculationLine, DayOfWork } from './calculation.ts'

/** A scale of a classification and the days that it is in force, both included. */
export interface ScalePeriod {
  readonly rate: string
  readonly from_on: string
  readonly until_on: string | null
}

/** What a week of hours is reckoned by. Rates and factors are decimal strings. */
export interface Terms {
  readonly basis: Calculation['basis']
  readonly classification: string
  readonly overtime_factor: string
  readonly contractor_rate: string
  /** The most per hour of a gap, or none; the rate itself where it is fixed or awarded. */
  readonly rate: string | null
  /** All periods of the classification, in order; they do not overlap. */
  readonly scales: readonly ScalePeriod[]
}

/** The hours of a week as they were given. */
export interface Week {
  readonly from_on: string
  readonly until_on: string
  readonly regular: string
  readonly overtime: string
  readonly days: readonly DayOfWork[] | null
}

/** Why a week cannot be reckoned: a day has no scale, or two are in force and nobody said which day had which hours. */
export type Unreckoned =
  | { readonly fault: 'no_scale'; readonly on: string }
  | { readonly fault: 'needs_days'; readonly on: string }

/**
 * What an hour is subsidized with. Of a gap: what the scale is above the contractor's rate, never below nothing and
 * never above the most per hour. Source: domain rules of market recovery, "Arithmetic".
 */
export function perHour(
  basis: Calculation['basis'],
  scale: string | null,
  contractorRate: string,
  rate: string | null,
) {
  if (basis !== 'rate-gap') return decimal(rate ?? '0')
  const gap = largest(decimal(scale ?? '0').minus(decimal(contractorRate)), zero)
  return rate === null ? gap : smallest(gap, decimal(rate))
}

/** The subsidy of a week: every line exactly, rounded to the cent once for the whole submission. */
export const subsidyOf = ({ overtime_factor: factor, lines }: Calculation): string =>
  toCents(sumOf(lines.map((line) => amountOf(line, factor))))

/** What a line comes to, not rounded. */
export const amountOf = (line: CalculationLine, overtimeFactor: string): Decimal =>
  decimal(line.regular)
    .plus(decimal(line.overtime).times(decimal(overtimeFactor)))
    .times(decimal(line.per_hour))

/** Reckons a week: which hours have which rates. */
export function calculate(week: Week, terms: Terms): Calculation | Unreckoned {
  const { basis, classification, overtime_factor } = terms
  const parts = basis === 'rate-gap' ? partsByScale(week, terms.scales) : [{ ...week, scale: null }]
  if ('fault' in parts) return parts
  return {
    basis,
    classification,
    overtime_factor,
    lines: parts.map(({ from_on, until_on, regular, overtime, scale }) => ({
      from_on,
      until_on,
      regular,
      overtime,
      scale,
      contractor_rate: terms.contractor_rate,
      rate: terms.rate,
      per_hour: perHour(basis, scale, terms.contractor_rate, terms.rate).toFixed(),
    })),
  }
}

type Part = Omit<Week, 'days'> & { readonly scale: string | null }

/** Parts a week by the scales in force: by the days, where they are told, and else all of it by the only scale. */
function partsByScale(week: Week, scales: readonly ScalePeriod[]): readonly Part[] | Unreckoned {
  const [first, ...others] = daysFrom(week.from_on, week.until_on).map((on) => ({ on, scale: scaleOn(scales, on) }))
  const change = others.find(({ scale }) => scale !== first?.scale)
  if (!change && first)
    return first.scale === null ? { fault: 'no_scale', on: first.on } : [{ ...week, scale: first.scale }]
  if (!week.days) return { fault: 'needs_days', on: change?.on ?? week.from_on }
  const parts = new Map<string, Part>()
  for (const { on, regular, overtime } of week.days.toSorted((a, b) => (a.on < b.on ? -1 : 1))) {
    if (isNothing(regular) && isNothing(overtime)) continue
    const scale = scaleOn(scales, on)
    if (scale === null) return { fault: 'no_scale', on }
    const part = parts.get(scale) ?? { from_on: on, until_on: on, regular: '0', overtime: '0', scale }
    parts.set(scale, {
      ...part,
      until_on: on,
      regular: decimal(part.regular).plus(decimal(regular)).toFixed(2),
      overtime: decimal(part.overtime).plus(decimal(overtime)).toFixed(2),
    })
  }
  return [...parts.values()]
}

/** On a day without hours no scale is needed. */
const isNothing = (hours: string) => decimal(hours).eq(zero)

/** The subsidy per hour on the days of a week, each part of it that has one rate; null where no scale is in force. */
export function ratesOf(
  { from_on, until_on }: { readonly from_on: string; readonly until_on: string },
  { basis, scales, contractor_rate, rate }: Terms,
) {
  const rates: { from_on: string; until_on: string; per_hour: string | null }[] = []
  for (const on of daysFrom(from_on, until_on)) {
    const scale = basis === 'rate-gap' ? scaleOn(scales, on) : null
    const unknown = basis === 'rate-gap' && scale === null
    const per_hour = unknown ? null : perHour(basis, scale, contractor_rate, rate).toFixed()
    const last = rates.at(-1)
    if (last && last.per_hour === per_hour) last.until_on = on
    else rates.push({ from_on: on, until_on: on, per_hour })
  }
  return rates
}

const scaleOn = (scales: readonly ScalePeriod[], on: string): string | null =>
  scales.find(({ from_on, until_on }) => from_on <= on && (until_on === null || on <= until_on))?.rate ?? null
