import { grown, seed, slotOf, spread } from './cells.ts'

/** Rows of numbers, each different one once with how many there are. */
export class AlikeRows {
  readonly #width: number
  #size = 0
  #slots = new Int32Array(1 << 12)
  #rows: Uint16Array<ArrayBuffer>
  #counts = new Float64Array(1 << 11)
  #hashes = new Int32Array(1 << 11)

  constructor(width: number) {
    this.#width = width
    this.#rows = new Uint16Array(this.#counts.length * Math.max(1, width))
  }

  add(row: Uint16Array, count: number): void {
    let hash = seed
    for (let at = 0; at < this.#width; at++) hash = spread(hash, row[at] as number)
    const mask = this.#slots.length - 1
    for (let slot = slotOf(hash, mask); ; slot = (slot + 1) & mask) {
      const found = (this.#slots[slot] as number) - 1
      if (found < 0) return this.#append(row, count, hash, slot)
      if (this.#hashes[found] === hash && this.#isSame(found, row)) {
        this.#counts[found] = (this.#counts[found] as number) + count
        return
      }
    }
  }

  #isSame(found: number, row: Uint16Array): boolean {
    const start = found * this.#width
    for (let at = 0; at < this.#width; at++) if (this.#rows[start + at] !== row[at]) return false
    return true
  }

  #append(row: Uint16Array, count: number, hash: number, slot: number): void {
    if (this.#size === this.#counts.length) {
      this.#counts = grown(this.#counts)
      this.#hashes = grown(this.#hashes)
      this.#rows = grown(this.#rows)
    }
    this.#rows.set(row, this.#size * this.#width)
    this.#counts[this.#size] = count
    this.#hashes[this.#size] = hash
    this.#slots[slot] = ++this.#size
    if (this.#size * 2 > this.#slots.length) this.#spreadOut()
  }

  #spreadOut(): void {
    this.#slots = new Int32Array(this.#slots.length * 2)
    const mask = this.#slots.length - 1
    for (let number = 0; number < this.#size; number++) {
      let slot = slotOf(this.#hashes[number] as number, mask)
      while (this.#slots[slot]) slot = (slot + 1) & mask
      this.#slots[slot] = number + 1
    }
  }

  get rows(): Uint16Array {
    return this.#rows.subarray(0, this.#size * this.#width)
  }

  get counts(): Float64Array {
    return this.#counts.subarray(0, this.#size)
  }
}
