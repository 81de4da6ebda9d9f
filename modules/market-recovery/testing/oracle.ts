/**
 * The subsidy of a week, reckoned once more by other means: fractions of whole numbers of any size, and nothing that
 * the module itself uses. Rounded to the cent at the very end, a half away from zero.
 */
export interface Fraction {
  readonly n: bigint
  readonly d: bigint
}

export const fraction = (text: string): Fraction => {
  const [whole = '0', behind = ''] = text.replace('-', '').split('.')
  const n = BigInt(whole + behind)
  return { n: text.startsWith('-') ? -n : n, d: 10n ** BigInt(behind.length) }
}

const plus = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.d + b.n * a.d, d: a.d * b.d })
const times = (a: Fraction, b: Fraction): Fraction => ({ n: a.n * b.n, d: a.d * b.d })
const minus = (a: Fraction, b: Fraction): Fraction => plus(a, { n: -b.n, d: b.d })
const isLess = (a: Fraction, b: Fraction) => a.n * b.d < b.n * a.d

/** Hours of which each is worth the same. */
export interface OracleDay {
  readonly scale: string | null
  readonly regular: string
  readonly overtime: string
}

export interface OracleWeek {
  readonly basis: 'rate-gap' | 'fixed-rate' | 'award'
  readonly contractor_rate: string
  readonly rate: string | null
  readonly factor: string
  readonly days: readonly OracleDay[]
}

export function centsOf({ basis, contractor_rate, rate, factor, days }: OracleWeek): bigint {
  let sum: Fraction = { n: 0n, d: 1n }
  for (const { scale, regular, overtime } of days) {
    let each = fraction(rate ?? '0')
    if (basis === 'rate-gap') {
      const gap = minus(fraction(scale ?? '0'), fraction(contractor_rate))
      each = gap.n < 0n ? fraction('0') : gap
      if (rate !== null && isLess(fraction(rate), each)) each = fraction(rate)
    }
    sum = plus(sum, times(plus(fraction(regular), times(fraction(overtime), fraction(factor))), each))
  }
  const [n, d] = [sum.n < 0n ? -sum.n : sum.n, sum.d]
  const cents = (n * 100n * 2n + d) / (2n * d)
  return sum.n < 0n ? -cents : cents
}

export const inDollars = (cents: bigint): string => {
  const text = String(cents < 0n ? -cents : cents).padStart(3, '0')
  return `${cents < 0n ? '-' : ''}${text.slice(0, -2)}.${text.slice(-2)}`
}
