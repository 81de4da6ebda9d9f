/** Some equal ballots. Exactly one of `ranks`, `choices` and `points` is there, as the method wants it. */
export interface Ballot {
  /** How many are alike; 1. */
  readonly count?: number
  /** Ranked methods: the names at each rank, from the first. No name: left blank; several: an overvote. */
  readonly ranks?: readonly (readonly string[])[]
  /** yes-no, plurality, approval: what is marked. None: a blank ballot. */
  readonly choices?: readonly string[]
  /** score, cumulative: whole points by name. None: a blank ballot. */
  readonly points?: Readonly<Record<string, number>>
}

/**
 * Ballots as columns, for millions of them: `cells` holds each different cell once (the names in it), and each row is
 * `width` numbers that say which. Row r holds rows[r * width … (r + 1) * width - 1] and stands for counts[r] ballots.
 */
export interface PackedBallots {
  readonly width: number
  /** cells[0] is the blank one. */
  readonly cells: readonly (readonly string[])[]
  readonly rows: Uint16Array
  /** Whole numbers. */
  readonly counts: Float64Array
}

export type Ballots = Iterable<Ballot> | PackedBallots
