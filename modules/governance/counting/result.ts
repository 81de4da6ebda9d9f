/** A whole number or an exact decimal, as text: "12", "7.2501". */
export type Votes = string

/** Why somebody was elected or eliminated. Said in words by `sayReason`. */
export interface Reason {
  readonly code: ReasonCode
  /** Whom it is about. */
  readonly candidates: readonly string[]
  /** What the sentence fills in: votes, threshold, among (the tied). */
  readonly params: Readonly<Record<string, string | number | readonly string[]>>
}

export type ReasonCode =
  | 'reached-threshold'
  | 'most-votes'
  | 'too-few'
  | 'leads-last-two'
  | 'fills-seats'
  | 'remains'
  | 'won-tie'
  | 'fewest-votes'
  | 'lost-tie'
  | 'batch'
  | 'below-minimum'
  | 'below-threshold'
  | 'write-ins'
  | 'stopped'
  | 'only-two-remain'

/** Votes that count for nobody any more: running totals, by reason. */
export interface Inactive {
  readonly overvotes: Votes
  readonly skipped_ranks: Votes
  readonly repeated_rankings: Votes
  readonly exhausted_choices: Votes
  /** STV: what was above the thresholds when the last seat was filled. */
  readonly final_round_surplus?: Votes
}

export interface Round {
  readonly round: number
  readonly threshold: Votes
  /** Of everybody who is still in the count, STV's elected among them. */
  readonly tally: Readonly<Record<string, Votes>>
  readonly inactive: Inactive
  readonly elected: readonly string[]
  readonly eliminated: readonly string[]
  /** From whom, to whom; besides names, `exhausted` and `residual surplus` (lost to truncation). */
  readonly transfers: Readonly<Record<string, Readonly<Record<string, Votes>>>>
  readonly reasons: readonly Reason[]
}

/** A tie that was settled, in the order in which they came. */
export interface TieResolved {
  readonly round: number
  readonly chosen: string
  readonly for: 'elected' | 'eliminated'
}

/** A tie that somebody must settle before the count can go on. */
export interface OpenTie {
  readonly round: number
  /** `irv-sequential`: which seat, from 1. */
  readonly pass?: number
  readonly for: 'elected' | 'eliminated'
  readonly among: readonly string[]
}

/** One count from first to last round. */
export interface Tabulation {
  /** In the order in which they were elected. */
  readonly winners: readonly string[]
  readonly seats: number
  readonly final_threshold: Votes
  readonly total_ballots: Votes
  readonly blank_ballots: Votes
  readonly num_candidates_reported: number
  readonly rounds: readonly Round[]
  readonly ties_resolved: readonly TieResolved[]
}

/** `irv-sequential`: one tabulation for each seat. */
export interface SequentialCount {
  readonly winners: readonly string[]
  readonly passes: readonly Tabulation[]
  /** There when the count stopped at a tie (`tie_break` is `ask`): it is not finished. */
  readonly asks?: OpenTie
}

export interface SingleCount extends Tabulation {
  readonly asks?: OpenTie
}

/** What a count gives; plain JSON. `passes` is there for `irv-sequential` alone. */
export type Count = SingleCount | SequentialCount
