import { refuse, say } from '@commonhall/kernel'
import { JavaRandom } from './java-random.ts'
import type { OpenTie, TieResolved } from './result.ts'
import type { Rules, TieBreak } from './rules.ts'
import { sha256 } from './sha256.ts'
import { byName } from './votes.ts'

/** Some who have the same votes, where one must be chosen. */
export interface Tie {
  readonly round: number
  readonly for: 'elected' | 'eliminated'
  readonly among: readonly string[]
  /** What somebody had in an earlier round, from 1. */
  readonly had: (name: string, round: number) => bigint
}

/** Settles the ties of one tabulation by the rules, and remembers them. */
export class Ties {
  readonly resolved: TieResolved[] = []
  /** The tie that nobody has answered yet. */
  open: OpenTie | undefined
  readonly #rule: TieBreak
  readonly #pass: number | undefined
  readonly #random: JavaRandom | undefined
  readonly #order: readonly string[]

  constructor(rules: Rules, pass?: number) {
    this.#rule = rules.tie_break
    this.#pass = pass
    this.#random = 'seed' in this.#rule && this.#rule.mode !== 'drawn-order' ? randomOf(this.#rule.seed) : undefined
    this.#order = orderOf(rules, this.#random)
  }

  /** Who is elected or eliminated; undefined when the count must stop and ask. */
  settle(tie: Tie): string | undefined {
    const rule = this.#rule
    const looksBack = rule.mode === 'previous-round-then-random' || ('previous_rounds' in rule && rule.previous_rounds)
    const among = (looksBack ? ahead(tie) : tie.among).toSorted(byName)
    const chosen = this.#choose(tie, among)
    if (chosen === undefined) {
      this.open = { round: tie.round, ...this.#ofPass(), for: tie.for, among }
    } else {
      this.resolved.push({ round: tie.round, chosen, for: tie.for })
    }
    return chosen
  }

  #choose(tie: Tie, among: readonly string[]): string | undefined {
    // Drawn even where earlier rounds have left one alone: other tabulators do, and later draws depend on it.
    if (this.#random && this.#rule.mode !== 'random-permutation') return among[this.#random.pick(among.length)]
    if (among.length === 1) return among[0]
    if (this.#rule.mode === 'ask') return this.#answer(this.#rule, tie, among)
    const ordered = this.#order.filter((name) => among.includes(name))
    // Whoever is not in the order, such as write-ins without votes, is chosen last.
    return (tie.for === 'elected' ? ordered[0] : ordered.at(-1)) ?? among[0]
  }

  #answer({ answers = [] }: Extract<TieBreak, { mode: 'ask' }>, tie: Tie, among: readonly string[]) {
    const answer = answers.find(
      (one) =>
        one.round === tie.round &&
        one.for === tie.for &&
        (one.pass ?? this.#pass) === this.#pass &&
        // Where one round settles several ties, each takes the next answer.
        !this.resolved.some(({ round, chosen }) => round === one.round && chosen === one.chosen),
    )
    if (answer && !among.includes(answer.chosen)) {
      const shown = { chosen: answer.chosen, round: tie.round, among: among.join(', ') }
      refuse('invalid_rules', say('governance:counting.refused.answer', shown))
    }
    return answer?.chosen
  }

  #ofPass() {
    return this.#pass === undefined ? {} : { pass: this.#pass }
  }
}

const randomOf = (seed: number | string) => new JavaRandom(BigInt(seed))

/** In which order ties are settled, for the modes that have one. */
function orderOf({ tie_break: rule, candidates, excluded_candidates: excluded }: Rules, random?: JavaRandom) {
  const everybody = [...candidates, ...excluded].toSorted(byName)
  if (rule.mode === 'random-permutation' && random) return random.shuffle(everybody)
  if (rule.mode === 'drawn-order') return drawnOrder(rule.seed, everybody)
  return (rule.mode === 'candidate-order' && rule.order) || candidates
}

/** Names by the SHA-256 of `seed`, a line feed and the name. */
export function drawnOrder(seed: string, names: readonly string[]): string[] {
  const lots = new Map(names.map((name) => [name, sha256(`${seed}\n${name}`)]))
  return names.toSorted((one, other) => byName(lots.get(one) ?? '', lots.get(other) ?? '') || byName(one, other))
}

/** Those who were ahead, or behind, in the latest earlier round that tells them apart. */
function ahead({ round, among, for: what, had }: Tie): readonly string[] {
  let left = among
  for (let earlier = round - 1; earlier > 0 && left.length > 1; earlier--) {
    const votes = left.map((name) => had(name, earlier))
    const best = votes.reduce((one, other) => ((what === 'elected') === one > other ? one : other))
    left = left.filter((name) => had(name, earlier) === best)
  }
  return left
}
