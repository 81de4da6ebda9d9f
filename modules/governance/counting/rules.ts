/** How a contest is counted. The ranked ones take ranks; score and cumulative take points; the rest take choices. */
export type Method = ChoiceMethod | PointsMethod | RankedMethod
export type ChoiceMethod = 'yes-no' | 'plurality' | 'approval'
export type PointsMethod = 'score' | 'cumulative'
export type RankedMethod = 'irv' | 'irv-sequential' | 'stv' | 'bottoms-up' | 'bottoms-up-percentage'

/** How many votes are enough. V: active votes, S: seats, d: decimal places. */
export type Quota =
  /** floor(V/2)+1, anew each round. */
  | 'majority-of-continuing'
  /** The same, fixed in the first round. */
  | 'majority-of-first-round'
  /** floor(V/(S+1))+1 of the first round. */
  | 'droop-whole'
  /** V/(S+1) of the first round, truncated to d places, and 10^-d. */
  | 'droop-fractional'
  /** V/S of the first round, rounded up to a whole number. */
  | 'hare-whole'
  /** V/S of the first round, rounded up to d places. */
  | 'hare-fractional'
  /** `percentage` of V, anew each round. */
  | 'percentage-of-continuing'

/** What becomes of a rank with several names. */
export type Overvote = 'exhaust' | 'skip' | 'exhaust-if-multiple-continuing'

/** How a tie is settled. Everything but `ask` gives the same answer whenever it is counted again. */
export type TieBreak =
  /** The earliest of `order` is elected, the latest eliminated; without `order`, that of the candidates. */
  | { readonly mode: 'candidate-order'; readonly order?: readonly string[] }
  /** Each tie is drawn by java.util.Random of this seed. */
  | { readonly mode: 'random'; readonly seed: number | string }
  /** One order of all is drawn by java.util.Random of this seed, and then stands as `candidate-order` does. */
  | { readonly mode: 'random-permutation'; readonly seed: number | string }
  /** Who was ahead in the round before, or the one before that; what they leave open is drawn as by `random`. */
  | { readonly mode: 'previous-round-then-random'; readonly seed: number | string }
  /** The order of the SHA-256 of seed, line feed and name: anybody can draw it again by hand. */
  | { readonly mode: 'drawn-order'; readonly seed: string; readonly previous_rounds?: boolean }
  /** The count stops at a tie and asks (`Count.asks`); counted again with the answer, it goes on. */
  | { readonly mode: 'ask'; readonly previous_rounds?: boolean; readonly answers?: readonly TieAnswer[] }

/** What somebody decided about one tie. Of the same form as `Count.ties_resolved`, which can be replayed by it. */
export interface TieAnswer {
  readonly round: number
  /** For `irv-sequential`: which seat, from 1. */
  readonly pass?: number
  readonly chosen: string
  readonly for: 'elected' | 'eliminated'
}

/**
 * Every rule of a count, in the shape of rules.json; what that leaves out has the default that is named here. Read it
 * by `readRules`, which refuses what contradicts itself.
 */
export interface Rules {
  readonly contest?: string
  readonly method: Method
  /** How many are elected; 1. Of no meaning to `yes-no` and `bottoms-up-percentage`. */
  readonly seats: number
  /** In the order of the ballot paper. `yes-no`: Yes, No, Abstain, in this order, whatever they are called. */
  readonly candidates: readonly string[]
  /** On the ballots, and out of the count from its beginning; none. */
  readonly excluded_candidates: readonly string[]
  readonly undeclared_write_ins: { readonly present: boolean; readonly name: string }
  readonly quota: Quota
  /** `bottoms-up-percentage`: a decimal such as 15 or "12.5". */
  readonly percentage: string
  /** `bottoms-up-percentage`: all below the threshold go at once; false. */
  readonly eliminate_all_below_threshold: boolean
  /** `stv`: all that are over the threshold, or only the highest; all. */
  readonly winners_per_round: 'all-over-threshold' | 'one'
  /** `stv`: the same part of every ballot goes on, of those too that came from others. The only way there is. */
  readonly surplus: 'weighted-inclusive-gregory'
  /** Of STV's fractions; 4, at most 20. */
  readonly decimal_places: number
  readonly overvote: Overvote
  /** The cell that says overvote where the source gives no names. */
  readonly overvote_without_names: string
  /** A longer run of blank ranks before a used one exhausts the ballot; null: any number may be skipped. */
  readonly max_skipped_ranks: number | null
  /** Later ranks are not read; null: all are. */
  readonly max_rankings: number | null
  /** A name for the second time: passed over, or the end of the ballot. */
  readonly duplicate: 'skip' | 'exhaust'
  readonly batch_elimination: boolean
  readonly continue_until_two_remain: boolean
  readonly stop_after_round: number | null
  /** Whoever has fewer first choices is eliminated at once; 0. */
  readonly minimum_first_round_votes: number
  readonly tie_break: TieBreak
  /** `plurality`, `approval`: how many may be marked, else the ballot is an overvote. As many as seats; any number. */
  readonly max_choices: number | null
  /** `score`: the highest that may be given, from 0; 5. */
  readonly max_score: number
  /** `cumulative`: how many votes a voter may hand out; seats. */
  readonly votes_per_ballot: number
}
