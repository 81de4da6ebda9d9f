import type { Rules } from './rules.ts'
import { decimalText, dividedUp, powerOfTen, readDecimal } from './votes.ts'

/** How many decimal places a count needs: none where ballots keep their worth. */
export function placesOf({ method, decimal_places: places, percentage }: Rules): number {
  if (method === 'stv') return places
  return method === 'bottoms-up-percentage' ? readDecimal(percentage).places + 2 : 0
}

export interface Threshold {
  readonly units: bigint
  /** Written with all places, or as a whole number. */
  readonly isFractional: boolean
}

/** How many votes are enough, where `active` are counted for somebody. Both in units of 10 to the minus `places`. */
export function thresholdOf(rules: Rules, active: bigint, places: number): Threshold {
  const one = powerOfTen(places)
  const seats = BigInt(rules.seats)
  const whole = (votes: bigint): Threshold => ({ units: votes * one, isFractional: false })
  switch (rules.quota) {
    case 'majority-of-continuing':
    case 'majority-of-first-round':
      return whole(active / (2n * one) + 1n)
    case 'droop-whole':
      return whole(active / ((seats + 1n) * one) + 1n)
    case 'droop-fractional':
      return { units: active / (seats + 1n) + 1n, isFractional: true }
    case 'hare-whole':
      return whole(dividedUp(active, seats * one))
    case 'hare-fractional':
      return { units: dividedUp(active, seats), isFractional: true }
    case 'percentage-of-continuing':
      return { units: (active * readDecimal(rules.percentage).units) / one, isFractional: true }
  }
}

/** Whether the threshold of the first round stays. */
export const isFrozen = ({ quota }: Rules): boolean => !quota.endsWith('-of-continuing')

export const thresholdText = ({ units, isFractional }: Threshold, places: number): string =>
  isFractional ? decimalText(units, places) : String(units / powerOfTen(places))
