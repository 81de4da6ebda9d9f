import { readRules, type Rules } from '../../counting/index.ts'

/** What an org says of a contest. */
export interface ContestMade {
  readonly name: string
  readonly method: 'yes-no' | 'plurality' | 'approval' | 'score' | 'irv' | 'stv' | 'cumulative'
  readonly seats: number
  readonly choices: number | null
  /** Rules of counting where they differ from the usual ones. */
  readonly counting_options: unknown
}

/** What may be said of a contest; all else follows from its method and the ballot. */
const options = [
  'quota',
  'decimal_places',
  'winners_per_round',
  'overvote',
  'max_skipped_ranks',
  'duplicate',
  'batch_elimination',
  'max_score',
  'votes_per_ballot',
] as const

/** Ties are drawn from the published seed, or the count stops and asks. */
const tieBreak = (given: Readonly<Record<string, unknown>>, seed: string) =>
  given['tie'] === 'ask' ? { mode: 'ask' } : { mode: 'drawn-order', seed }

/**
 * Every rule by which a contest will be counted, written down before anybody votes. Candidates are in the order of the
 * ballot.
 * @throws Refusal `invalid_rules` where what was said contradicts itself
 */
export function countingRules(contest: ContestMade, candidates: readonly string[], seed: string): Rules {
  const { name, method, seats, choices } = contest
  const said = (contest.counting_options ?? {}) as Readonly<Record<string, unknown>>
  const given = Object.fromEntries(options.flatMap((one) => (said[one] === undefined ? [] : [[one, said[one]]])))
  return readRules({
    ...(method === 'cumulative' ? { votes_per_ballot: choices ?? seats } : {}),
    ...given,
    contest: name,
    method,
    seats: method === 'irv' || method === 'yes-no' ? 1 : seats,
    candidates,
    tie_break: tieBreak(said, seed),
    ...(method === 'plurality' ? { max_choices: choices ?? seats } : {}),
    ...(method === 'approval' && choices !== null ? { max_choices: choices } : {}),
    ...((method === 'irv' || method === 'stv') && choices !== null ? { max_rankings: choices } : {}),
  })
}
