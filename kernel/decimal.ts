import { Big } from 'big.js'

/**
 * An exact decimal number, for money, hours and rates. PostgreSQL's `numeric`, the wire and the screen carry it as a
 * string; in between it is this, and never a float.
 */
export type Decimal = Big

// A constructor of its own: strict mode refuses JavaScript's numbers, which have been floats already.
const Exact = Big()
Exact.strict = true

/** Reads a decimal string, such as `12.50`. Throws at anything else, numbers included. */
export const decimal = (text: string): Decimal => new Exact(text)

export const zero = decimal('0')

export const sumOf = (values: Iterable<Decimal>): Decimal => {
  let sum = zero
  for (const value of values) sum = sum.plus(value)
  return sum
}

export const smallest = (one: Decimal, other: Decimal): Decimal => (other.lt(one) ? other : one)

export const largest = (one: Decimal, other: Decimal): Decimal => (other.gt(one) ? other : one)

/**
 * How the house rounds money, stated once: to the cent, a half away from zero, as PostgreSQL's `round(numeric, 2)`
 * does. So taking something back is exactly the opposite of having given it.
 */
export const toCents = (value: Decimal): string => {
  const text = value.toFixed(2, Big.roundHalfUp)
  return text === '-0.00' ? '0.00' : text
}
