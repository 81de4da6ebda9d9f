const mask = (1n << 48n) - 1n
const multiplier = 0x5deece66dn

/**
 * The random numbers of java.util.Random, as its documentation prescribes them: whoever has the seed can draw the same
 * again, with us and with other tabulators. It draws lots; it keeps no secrets.
 */
export class JavaRandom {
  #state: bigint

  constructor(seed: bigint) {
    this.#state = (seed ^ multiplier) & mask
  }

  #next(bits: bigint): bigint {
    this.#state = (this.#state * multiplier + 0xbn) & mask
    return this.#state >> (48n - bits)
  }

  /** Which of so many: the floor of `nextDouble() * size`. */
  pick(size: number): number {
    const double = Number((this.#next(26n) << 27n) + this.#next(27n)) / 2 ** 53
    return Math.floor(double * size)
  }

  /** `nextInt(bound)`. */
  nextInt(bound: number): number {
    const size = BigInt(bound)
    if ((size & -size) === size) return Number((size * this.#next(31n)) >> 31n)
    for (;;) {
      const bits = this.#next(31n)
      const value = bits % size
      // Java's int would have gone over: these few are drawn again, so that all are equally likely.
      if (bits - value + (size - 1n) < 1n << 31n) return Number(value)
    }
  }

  /** As Collections.shuffle does. */
  shuffle<Item>(items: readonly Item[]): Item[] {
    const shuffled = [...items]
    for (let size = shuffled.length; size > 1; size--) {
      const other = this.nextInt(size)
      const last = shuffled[size - 1] as Item
      shuffled[size - 1] = shuffled[other] as Item
      shuffled[other] = last
    }
    return shuffled
  }
}
