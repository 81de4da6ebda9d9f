/** An exact share of something: `2/3` is 2 of 3, and 66.67 % is another one. */
export interface Fraction {
  readonly of: bigint
  readonly among: bigint
}

/** Reads `2/3`: whole numbers, more than nothing, and no more than all. Null where it is none. */
export function readFraction(text: string): Fraction | null {
  const found = /^\s*([1-9]\d{0,8})\s*\/\s*([1-9]\d{0,8})\s*$/.exec(text)
  if (!found) return null
  const [of, among] = [BigInt(found[1] ?? ''), BigInt(found[2] ?? '')]
  return of <= among ? { of, among } : null
}

/** As it stands in the rules: checked when they were written, and by the database. */
export function fractionOf(text: string): Fraction {
  const found = readFraction(text)
  if (!found) throw new Error(`"${text}" is no fraction of something.`)
  return found
}

/** Negative, zero or positive: a share of some votes beside a fraction. Nothing of nothing is less than any. */
export function compareShare(part: bigint, whole: bigint, { of, among }: Fraction): -1 | 0 | 1 {
  const difference = whole === 0n ? -1n : part * among - of * whole
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

/** The least whole number that is at least this share of a whole. */
export const leastOf = (whole: bigint, { of, among }: Fraction): bigint => (whole * of + among - 1n) / among

/** A share in percent with so many decimals, rounded half up. */
export function percent(part: bigint, whole: bigint, decimals = 1): string {
  const scale = 10n ** BigInt(decimals)
  const rounded = (part * 100n * scale * 2n + whole) / (2n * whole)
  const digits = rounded.toString().padStart(decimals + 1, '0')
  return decimals ? `${digits.slice(0, -decimals)}.${digits.slice(-decimals)}` : digits
}

/**
 * A share in percent as it is told beside a fraction: with as many decimals as it takes not to look like the fraction
 * where it is another number.
 */
export function tellingPercent(part: bigint, whole: bigint, threshold: Fraction): string {
  const isEqual = compareShare(part, whole, threshold) === 0
  for (let decimals = 1; decimals < 12; decimals += 1) {
    const told = percent(part, whole, decimals)
    if (isEqual || told !== percent(threshold.of, threshold.among, decimals)) return told
  }
  return percent(part, whole, 12)
}
