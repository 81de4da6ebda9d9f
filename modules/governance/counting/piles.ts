import { powerOfTen, type Sum } from './votes.ts'

/** How many ballots of each value went somewhere: values by their number, then holders. */
export type Moved = ReadonlyMap<number, readonly number[]>

const nothing = -1

/**
 * The ballots on the piles of those for whom they count. A ballot is worth one vote until it has helped to elect
 * somebody; there are few different values, so that ballots are counted by value and only the sums are exact decimals.
 */
export class Piles {
  readonly #places: number
  /** Value 0 is a whole vote. */
  readonly #values: bigint[]
  readonly #valueNumbers = new Map<bigint, number>()
  readonly #head: Int32Array
  readonly #next: Int32Array
  readonly #value: Uint32Array
  /** By holder and value. */
  readonly #counts: number[][]
  readonly #alike: Float64Array

  constructor(holders: number, alike: Float64Array, places: number) {
    this.#places = places
    this.#values = [powerOfTen(places)]
    this.#head = new Int32Array(holders).fill(nothing)
    this.#next = new Int32Array(alike.length).fill(nothing)
    this.#value = new Uint32Array(alike.length)
    this.#counts = Array.from({ length: holders }, () => [])
    this.#alike = alike
  }

  /** Puts a ballot that nobody had on a pile. */
  lay(row: number, holder: number): void {
    const counts = this.#counts[holder] as number[]
    const value = this.#value[row] as number
    counts[value] = (counts[value] ?? 0) + (this.#alike[row] as number)
    this.#next[row] = this.#head[holder] as number
    this.#head[holder] = row
  }

  /** What a pile is worth. */
  sumOf(holder: number): Sum {
    return this.sum(this.#counts[holder] ?? [])
  }

  sum(counts: readonly number[]): Sum {
    let units = 0n
    let isFractional = false
    for (const [value, count] of counts.entries()) {
      if (!count) continue
      units += BigInt(count) * (this.#values[value] ?? 0n)
      isFractional ||= value > 0
    }
    return { units, isFractional }
  }

  /** Takes a pile apart: each ballot goes where `to` says, multiplied by `fraction` (in units) where one is given. */
  move(from: number, to: (row: number) => number, fraction?: bigint): Moved {
    const moved = new Map<number, number[]>()
    const became: number[] = []
    let row = this.#head[from] as number
    this.#head[from] = nothing
    this.#counts[from] = []
    while (row !== nothing) {
      const after = this.#next[row] as number
      const before = this.#value[row] as number
      const value = fraction === undefined ? before : (became[before] ??= this.#part(before, fraction))
      this.#value[row] = value
      const holder = to(row)
      this.lay(row, holder)
      const counts = moved.get(holder) ?? []
      if (!counts.length) moved.set(holder, counts)
      counts[value] = (counts[value] ?? 0) + (this.#alike[row] as number)
      row = after
    }
    return moved
  }

  /** The number of a part of a value, truncated. It is another than the value's own, be they equal. */
  #part(value: number, fraction: bigint): number {
    const part = ((this.#values[value] ?? 0n) * fraction) / powerOfTen(this.#places)
    const known = this.#valueNumbers.get(part)
    if (known !== undefined) return known
    const number = this.#values.push(part) - 1
    this.#valueNumbers.set(part, number)
    return number
  }
}
