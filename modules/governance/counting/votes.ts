import type { Votes } from './result.ts'

/**
 * Votes as a whole number of the smallest unit, 10 to the power of minus `places`: exact, whatever is added up.
 * `isFractional` once a ballot of a changed value is among them: from then on all places are written.
 */
export interface Sum {
  readonly units: bigint
  readonly isFractional: boolean
}

export const powerOfTen = (places: number): bigint => 10n ** BigInt(places)

/** Units as a decimal with `places` digits behind the point. */
export function decimalText(units: bigint, places: number): Votes {
  if (places === 0) return String(units)
  const digits = String(units).padStart(places + 1, '0')
  return `${digits.slice(0, -places)}.${digits.slice(-places)}`
}

export const sumText = ({ units, isFractional }: Sum, places: number): Votes =>
  isFractional ? decimalText(units, places) : String(units / powerOfTen(places))

/** `a / b`, rounded up. */
export const dividedUp = (a: bigint, b: bigint): bigint => (a + b - 1n) / b

/** A decimal such as `12.5` as units and their places. */
export function readDecimal(text: string): { readonly units: bigint; readonly places: number } {
  const [whole = '0', fraction = ''] = text.split('.')
  return { units: BigInt(whole + fraction), places: fraction.length }
}

/** Names in one order that is the same everywhere: by code units, as Java sorts them too. */
export const byName = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)
