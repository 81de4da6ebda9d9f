import { decimal, toCents } from '@commonhall/kernel'
import { perHour } from '../../week/subsidy.ts'

type Row = Readonly<Record<string, unknown>>

/** What an hour would be subsidized, with the figures that it comes from. */
export interface HourTerms {
  readonly basis: 'rate-gap' | 'fixed-rate' | 'award'
  readonly scale: string | null
  readonly contractorRate: string
  /** The most, the fixed rate, or the award's rate. */
  readonly rate: string | null
  readonly perHour: string
  readonly overtime: string
  readonly week: string
}

interface Asked {
  readonly program: Row
  readonly project?: Row | undefined
  readonly classification: string
  readonly contractorRate: string
  readonly on: string
  readonly scales: readonly Row[]
  readonly awardRates: readonly Row[]
}

const text = (value: unknown) => (value === null || value === undefined ? null : String(value))

/** The same arithmetic as when hours are entered; undefined where a rate is missing. */
export function termsOf(asked: Asked): HourTerms | undefined {
  const { program, project, classification, contractorRate, on, scales, awardRates } = asked
  const basis = project ? 'award' : (program['basis'] as HourTerms['basis'])
  const isOf = (row: Row) => row['classification'] === classification
  const scale =
    basis === 'rate-gap'
      ? text(
          scales.find(
            (row) => isOf(row) && String(row['from_on']) <= on && (!row['until_on'] || on <= String(row['until_on'])),
          )?.['rate'],
        )
      : null
  const rate = project ? text(awardRates.find(isOf)?.['rate']) : text(program['hourly_subsidy_rate'])
  if ((basis === 'rate-gap' && scale === null) || (basis !== 'rate-gap' && rate === null)) return undefined
  const each = perHour(basis, scale, contractorRate, rate)
  return {
    basis,
    scale,
    contractorRate,
    rate,
    perHour: each.toFixed(),
    overtime: each.times(decimal(String(program['overtime_factor']))).toFixed(),
    week: toCents(each.times(decimal('40'))),
  }
}
