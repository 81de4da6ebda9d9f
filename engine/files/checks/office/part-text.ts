import { type HoldReason, hold } from '../verdict.ts'
import type { PartReader } from './office.ts'

/** Longer than what any pattern finds. */
const overlap = 8_000

/** Looks for patterns in a part of a document that comes piece by piece, in whichever Unicode form it is written. */
export class PartText implements PartReader {
  readonly #patterns: readonly (readonly [HoldReason, RegExp])[]
  #before = ''

  constructor(patterns: readonly (readonly [HoldReason, RegExp])[]) {
    this.#patterns = patterns
  }

  take(bytes: Buffer): void {
    // What is written with two or four bytes a character is the same with the zeros left out, as far as tags go.
    const text = this.#before + bytes.toString('latin1').replaceAll('\0', '')
    for (const [reason, pattern] of this.#patterns) if (pattern.test(text)) hold(reason)
    this.#before = text.slice(-overlap)
  }

  end(): void {}
}
