import { limits } from '../limits.ts'
import { hold } from '../verdict.ts'

/** Counts what an archive comes to while it is unpacked, with all archives in it: no header is believed. */
export class Meter {
  readonly #packed: number
  #entries = 0
  #unpacked = 0

  constructor(packed: number) {
    this.#packed = packed
  }

  addEntries(count: number): void {
    this.#entries += count
    if (this.#entries > limits.entries) hold('entries', String(limits.entries))
  }

  addBytes(count: number): void {
    this.#unpacked += count
    const isTooMuch = this.#unpacked > Math.max(limits.unpacked, this.#packed)
    const isTooDense = this.#unpacked > limits.unpackedFreely && this.#unpacked > this.#packed * limits.ratio
    if (isTooMuch || isTooDense) hold('unpacks')
  }
}
