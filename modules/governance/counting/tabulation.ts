import { refuse, say } from '@commonhall/kernel'
import type { PackedBallots } from './ballot.ts'
import { elect } from './elect.ts'
import { eliminate } from './eliminate.ts'
import type { Field } from './field.ts'
import { Piles, type Moved } from './piles.ts'
import { Reading, reasons } from './reading.ts'
import type { Inactive, OpenTie, Reason, Round, Tabulation } from './result.ts'
import type { Rules } from './rules.ts'
import { isFrozen, placesOf, type Threshold, thresholdOf, thresholdText } from './threshold.ts'
import { Ties } from './ties.ts'
import { decimalText, powerOfTen, type Sum, sumText } from './votes.ts'

/** What a round has decided about some. */
export interface Decision {
  readonly who: readonly number[]
  readonly reasons: readonly Reason[]
}

/** A ranked count under way. Who is elected and who eliminated is decided in `elect.ts` and `eliminate.ts`. */
export class RankedCount {
  readonly rules: Rules
  readonly field: Field
  readonly places: number
  readonly ties: Ties
  /** By number: whether one may still be given votes. */
  readonly continues: Uint8Array
  readonly winners: number[] = []
  threshold: Threshold = { units: 0n, isFractional: false }
  round = 0
  /** What everybody had in each round, by number. */
  readonly history: bigint[][] = []
  readonly #reading: Reading
  readonly #piles: Piles
  /** What an elected candidate keeps, once the surplus is gone. */
  readonly #kept = new Map<number, Sum>()
  /** What everybody has in this round. */
  #sums: readonly Sum[] = []
  readonly #rounds: Round[] = []
  readonly #total: number
  readonly #blank: number

  constructor(rules: Rules, field: Field, ballots: PackedBallots, pass?: number) {
    this.rules = rules
    this.field = field
    this.places = placesOf(rules)
    this.ties = new Ties(rules, pass)
    this.continues = Uint8Array.from(field.names, (_, number) => (field.excluded.has(number) ? 0 : 1))
    this.#reading = new Reading(ballots, rules, field)
    this.#piles = new Piles(this.#surplusPile + 1, ballots.counts, this.places)
    let total = 0
    let blank = 0
    for (const [row, count] of ballots.counts.entries()) {
      total += count
      if (this.#reading.isBlank(row)) blank += count
      else this.#piles.lay(row, this.#reading.holderOf(row, this.continues))
    }
    if (!Number.isSafeInteger(total)) refuse('invalid_ballot', say('governance:counting.refused.too_many'))
    this.#total = total
    this.#blank = blank
  }

  /** Behind the candidates are the piles of ballots that count for nobody; this is the last. */
  get #surplusPile(): number {
    return this.field.names.length + reasons.length
  }

  /** Round after round, until nothing is left to decide or a tie needs an answer. */
  run(): Tabulation & { readonly asks?: OpenTie } {
    while (this.#oneRound());
    const { rules, field, ties } = this
    return {
      winners: this.winners.map((number) => this.nameOf(number)),
      seats: rules.method === 'bottoms-up-percentage' ? 0 : rules.seats,
      final_threshold: thresholdText(this.threshold, this.places),
      total_ballots: String(this.#total),
      blank_ballots: String(this.#blank),
      num_candidates_reported: field.names.length,
      rounds: this.#rounds,
      ties_resolved: ties.resolved,
      ...(ties.open ? { asks: ties.open } : {}),
    }
  }

  nameOf(number: number): string {
    return this.field.names[number] ?? ''
  }

  /** What somebody who continues has now, in units. */
  tallyOf(number: number): bigint {
    return this.history[this.round - 1]?.[number] ?? 0n
  }

  /** What some have now together, as text. */
  textOf(numbers: readonly number[]): string {
    const sums = numbers.map((number) => this.#sums[number] as Sum)
    const units = sums.reduce((sum, one) => sum + one.units, 0n)
    return this.#text({ units, isFractional: sums.some(({ isFractional }) => isFractional) })
  }

  /** One vote, in units. */
  get one(): bigint {
    return powerOfTen(this.places)
  }

  /** Which of some with the same votes is chosen; undefined when the count must stop and ask. */
  settle(what: 'elected' | 'eliminated', among: readonly number[]): number | undefined {
    const chosen = this.ties.settle({
      round: this.round,
      for: what,
      among: among.map((number) => this.nameOf(number)),
      had: (name, round) => this.history[round - 1]?.[this.field.numberOf.get(name) ?? -1] ?? 0n,
    })
    return chosen === undefined ? undefined : this.field.numberOf.get(chosen)
  }

  /** Who may still be elected or eliminated, the write-in group among them. */
  get continuing(): number[] {
    return this.field.names.flatMap((_, number) => (this.continues[number] ? [number] : []))
  }

  /** Whether the write-in group has votes, and must go before anything else. */
  get writeInsHoldVotes(): boolean {
    const { writeIns } = this.field
    return writeIns >= 0 && Boolean(this.continues[writeIns]) && this.tallyOf(writeIns) > 0n
  }

  get openSeats(): number {
    return this.rules.seats - this.winners.length
  }

  /** False when the count is over. */
  #oneRound(): boolean {
    this.round++
    this.#sums = this.field.names.map((_, number) => this.#kept.get(number) ?? this.#piles.sumOf(number))
    this.history.push(this.#sums.map(({ units }) => units))
    const active = this.continuing.reduce((sum, number) => sum + this.tallyOf(number), 0n)
    if (this.round === 1 || !(isFrozen(this.rules) || this.winners.length))
      this.threshold = thresholdOf(this.rules, active, this.places)
    const tally = this.#tally()
    const inactive = this.#inactive()
    const elected = elect(this)
    const eliminated = elected.who.length || this.ties.open ? none : eliminate(this)
    if (this.ties.open) return false
    const isLast = this.#isLast(elected.who, eliminated.who)
    const stops = this.round === this.rules.stop_after_round
    const transfers = this.#carryOut(elected.who, eliminated.who, stops || isLast)
    const named = ({ who }: Decision) => who.map((number) => this.nameOf(number))
    this.#rounds.push({
      round: this.round,
      threshold: thresholdText(this.threshold, this.places),
      tally,
      inactive: isLast || stops ? this.#withSurplus(inactive) : inactive,
      elected: named(elected),
      eliminated: named(eliminated),
      transfers,
      reasons: [...elected.reasons, ...eliminated.reasons, ...(stops && !isLast ? [stopped] : [])],
    })
    return !isLast && !stops
  }

  /** Whether nothing can follow; before the decisions of this round are carried out. */
  #isLast(elected: readonly number[], eliminated: readonly number[]): boolean {
    const { method, seats, continue_until_two_remain: untilTwo, candidates } = this.rules
    if (!elected.length && !eliminated.length) return true
    if (method === 'stv') return seats > candidates.length && this.winners.length + elected.length === candidates.length
    if (method === 'irv' || method === 'irv-sequential')
      return elected.length > 0 && (!untilTwo || this.continuing.length <= 2)
    return elected.length > 0
  }

  #tally(): Record<string, string> {
    const shown = this.field.names.flatMap((name, number): [string, string][] =>
      this.continues[number] || this.#kept.has(number) ? [[name, this.textOf([number])]] : [],
    )
    return Object.fromEntries(shown)
  }

  #text(sum: Sum): string {
    return sumText(sum, this.places)
  }

  #inactive(): Inactive {
    const first = this.field.names.length
    const sums = reasons.map((reason, index) => [reason, this.#text(this.#piles.sumOf(first + index))])
    return Object.fromEntries(sums) as Record<(typeof reasons)[number], string>
  }

  #withSurplus(inactive: Inactive): Inactive {
    if (this.rules.method !== 'stv') return inactive
    return { ...inactive, final_round_surplus: this.#text(this.#piles.sumOf(this.#surplusPile)) }
  }

  /** The elected and eliminated leave, all of them before any vote moves; then their votes do. */
  #carryOut(elected: readonly number[], eliminated: readonly number[], ends: boolean): Round['transfers'] {
    const leave = [...eliminated, ...(this.rules.continue_until_two_remain ? [] : elected)]
    for (const number of leave) this.continues[number] = 0
    this.winners.push(...elected)
    const to = (row: number) => this.#reading.holderOf(row, this.continues)
    const passedOn = elected.map((number) => [this.nameOf(number), ends ? {} : this.#passOn(number)])
    const moved = eliminated.map((number) => [
      this.nameOf(number),
      ends ? {} : this.#shown(this.#piles.move(number, to)),
    ])
    return Object.fromEntries([...passedOn, ...moved]) as Round['transfers']
  }

  /** STV: what an elected candidate has above the threshold goes on, the same part of each ballot. */
  #passOn(number: number): Record<string, string> {
    if (this.rules.method !== 'stv') return {}
    const tally = this.tallyOf(number)
    const extra = tally - this.threshold.units
    const fraction = extra > 0n ? (extra * powerOfTen(this.places)) / tally : 0n
    const to = this.openSeats ? (row: number) => this.#reading.holderOf(row, this.continues) : () => this.#surplusPile
    const moved = this.#piles.move(number, to, fraction)
    const gone = [...moved.values()].reduce((sum, counts) => sum + this.#piles.sum(counts).units, 0n)
    const residual = extra > 0n ? extra - gone : 0n
    const kept = { units: tally - gone - residual, isFractional: residual ? this.threshold.isFractional : true }
    this.#kept.set(number, kept)
    const shown = this.#shown(moved)
    return residual ? { ...shown, 'residual surplus': decimalText(residual, this.places) } : shown
  }

  #shown(moved: Moved): Record<string, string> {
    const nobody = this.field.names.length
    const shown = new Map<string, Sum>()
    for (const [holder, counts] of [...moved].toSorted(([one], [other]) => one - other)) {
      const { units, isFractional } = this.#piles.sum(counts)
      if (!units) continue
      const name = holder < nobody ? this.nameOf(holder) : 'exhausted'
      const before = shown.get(name) ?? { units: 0n, isFractional: false }
      shown.set(name, { units: before.units + units, isFractional: before.isFractional || isFractional })
    }
    return Object.fromEntries([...shown].map(([name, sum]) => [name, this.#text(sum)]))
  }
}

const none: Decision = { who: [], reasons: [] }
const stopped: Reason = { code: 'stopped', candidates: [], params: {} }
