import { refuse, say } from '@commonhall/kernel'
import type { PackedBallots } from './ballot.ts'
import type { Field } from './field.ts'
import type { Rules } from './rules.ts'

/** Where a ballot goes that counts for nobody, as places behind the candidates'. */
export const reasons = ['overvotes', 'skipped_ranks', 'repeated_rankings', 'exhausted_choices'] as const
const [overvotes, skipped, repeated, exhausted] = [0, 1, 2, 3]

/** What a cell says besides a candidate's number. */
const blank = -1
const several = -2
const unnamed = -3

/** Reads ballots from their first rank on: for whom does one count, as things are? */
export class Reading {
  readonly #ballots: PackedBallots
  readonly #rules: Rules
  readonly #field: Field
  /** Of each different cell, whom it names. */
  readonly #who: Int32Array
  readonly #names: readonly (readonly number[])[]
  readonly #ranks: number
  readonly #mostBlank: number
  /** When a name was last met, for ballots that repeat one. */
  readonly #met: Float64Array
  #reads = 0

  constructor(ballots: PackedBallots, rules: Rules, field: Field) {
    this.#ballots = ballots
    this.#rules = rules
    this.#field = field
    this.#names = ballots.cells.map((names) => [...new Set(names)].map((name) => this.#numberOf(name)))
    this.#who = Int32Array.from(this.#names, (names) => (names.length > 1 ? several : (names[0] ?? blank)))
    if (this.#names.some((names) => names.length > 1 && names.includes(unnamed)))
      refuse('invalid_ballot', say('governance:counting.refused.overvote_with_names'))
    this.#ranks = Math.min(ballots.width, rules.max_rankings ?? Infinity)
    this.#mostBlank = rules.max_skipped_ranks ?? Infinity
    this.#met = new Float64Array(field.names.length)
  }

  #numberOf(name: string): number {
    const number = this.#field.numberOf.get(name)
    if (number !== undefined) return number
    if (name !== this.#rules.overvote_without_names)
      refuse('invalid_ballot', say('governance:counting.refused.unknown_candidate', { name }))
    if (this.#rules.overvote === 'exhaust-if-multiple-continuing')
      refuse('invalid_ballot', say('governance:counting.refused.overvote_unnamed', { name }))
    return unnamed
  }

  /** Whether nothing is marked at any rank that is read. */
  isBlank(row: number): boolean {
    const { rows, width } = this.#ballots
    for (let rank = 0; rank < this.#ranks; rank++)
      if (this.#who[rows[row * width + rank] as number] !== blank) return false
    return true
  }

  /** The candidate for whom a ballot counts, or behind the last of them the reason why it counts for nobody. */
  holderOf(row: number, continues: Uint8Array): number {
    const { rows, width } = this.#ballots
    const nobody = this.#field.names.length
    let blanks = 0
    this.#reads++
    for (let rank = 0; rank < this.#ranks; rank++) {
      const cell = rows[row * width + rank] as number
      const who = this.#who[cell] as number
      if (who === blank) {
        blanks++
        continue
      }
      if (blanks > this.#mostBlank) return nobody + skipped
      blanks = 0
      if (this.#rules.duplicate === 'exhaust' && this.#isRepeated(cell)) return nobody + repeated
      if (who >= 0) {
        if (continues[who]) return who
      } else if (this.#rules.overvote === 'exhaust') {
        return nobody + overvotes
      } else if (this.#rules.overvote === 'exhaust-if-multiple-continuing') {
        const left = (this.#names[cell] ?? []).filter((number) => continues[number])
        if (left.length) return left.length > 1 ? nobody + overvotes : (left[0] as number)
      }
    }
    return nobody + exhausted
  }

  /** Whether a name of this rank was met at an earlier rank of the ballot that is being read. */
  #isRepeated(cell: number): boolean {
    let found = false
    for (const number of this.#names[cell] ?? []) {
      if (number < 0) continue
      if (this.#met[number] === this.#reads) found = true
      this.#met[number] = this.#reads
    }
    return found
  }
}
