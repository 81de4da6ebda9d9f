/** The hours of one day of a week. Decimal strings. */
export interface DayOfWork {
  readonly on: string
  readonly regular: string
  readonly overtime: string
}

/** Hours that share their rates: a whole week, or one day of a week in which the scale changed. */
export interface CalculationLine {
  readonly from_on: string
  readonly until_on: string
  readonly regular: string
  readonly overtime: string
  /** The journeyman scale in force; null where it plays no part. */
  readonly scale: string | null
  readonly contractor_rate: string
  /** The most per hour, the fixed rate, or the award's rate; null where there is none. */
  readonly rate: string | null
  /** What came of it, per hour. */
  readonly per_hour: string
}

/** Every factor of a subsidy, as it was when it was figured: enough to get the same cents with a calculator. */
export interface Calculation {
  readonly basis: 'rate-gap' | 'fixed-rate' | 'award'
  readonly classification: string
  readonly overtime_factor: string
  readonly lines: readonly CalculationLine[]
}
