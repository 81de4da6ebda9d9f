/** The start and step of FNV-1a: a quick spread of bytes, guarded by a comparison of the bytes themselves. */
export const seed = 0x811c9dc5 | 0
export const spread = (hash: number, value: number): number => Math.imul(hash ^ value, 0x01000193)

/** Where a hash begins to be looked for in a table whose size is a power of two. */
export const slotOf = (hash: number, mask: number): number => (hash ^ (hash >>> 15)) & mask

/** Each different run of bytes once, by a number in the order of their coming. The empty one is 0. */
export class Cells {
  readonly #met: (bytes: Uint8Array) => void
  #slots = new Int32Array(1024)
  readonly #hashes: number[] = [seed]
  readonly #starts: number[] = [0]
  readonly #ends: number[] = [0]
  #kept = new Uint8Array(1 << 16)

  /** `met` hears of each new one, and may refuse it. */
  constructor(met: (bytes: Uint8Array) => void) {
    this.#met = met
  }

  get size(): number {
    return this.#starts.length
  }

  numberOf(bytes: Uint8Array, start: number, end: number, hash: number): number {
    if (start === end) return 0
    const mask = this.#slots.length - 1
    for (let slot = slotOf(hash, mask); ; slot = (slot + 1) & mask) {
      const number = this.#slots[slot] as number
      if (number === 0) return this.#add(bytes, start, end, hash)
      if (this.#hashes[number] === hash && this.#isSame(number, bytes, start, end)) return number
    }
  }

  #isSame(number: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = this.#starts[number] as number
    const length = end - start
    if ((this.#ends[number] as number) - from !== length) return false
    for (let at = 0; at < length; at++) if (this.#kept[from + at] !== bytes[start + at]) return false
    return true
  }

  #add(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const cell = bytes.subarray(start, end)
    this.#met(cell)
    const from = this.#ends.at(-1) ?? 0
    while (from + cell.length > this.#kept.length) this.#kept = grown(this.#kept)
    this.#kept.set(cell, from)
    this.#hashes.push(hash)
    this.#starts.push(from)
    const number = this.#ends.push(from + cell.length) - 1
    if (number * 2 > this.#slots.length) this.#slots = new Int32Array(this.#slots.length * 2)
    else return this.#settle(number)
    for (let one = 1; one <= number; one++) this.#settle(one)
    return number
  }

  #settle(number: number): number {
    const mask = this.#slots.length - 1
    let slot = slotOf(this.#hashes[number] as number, mask)
    while (this.#slots[slot]) slot = (slot + 1) & mask
    this.#slots[slot] = number
    return number
  }
}

export function grown<Numbers extends Uint8Array | Uint16Array | Int32Array | Float64Array>(numbers: Numbers): Numbers {
  const larger = new (numbers.constructor as new (size: number) => Numbers)(numbers.length * 2)
  larger.set(numbers)
  return larger
}
