/** What the API answers about an election, besides the election itself. */

export interface Told {
  readonly code: string
  readonly sentence: string
}

export interface Readiness {
  readonly state: string
  readonly next: string | null
  readonly ready: boolean
  readonly missing: readonly Told[]
  readonly warnings: readonly Told[]
}

export interface PreviewContest {
  readonly id: string
  readonly name: string
  readonly about: string | null
  readonly method: string
  readonly seats: number
  readonly choices: number | null
  readonly counting: Readonly<Record<string, unknown>> | null
  readonly candidates: readonly {
    readonly id: string
    readonly name: string
    readonly member: string | null
    readonly statement: string | null
    readonly position: number | null
  }[]
}

export interface Preview {
  readonly order: 'alphabetical' | 'drawn'
  readonly contests: readonly PreviewContest[]
}

/** Members read turnout alone; officers and observers all of it. */
export interface Watch {
  readonly state: string
  readonly eligible: number
  readonly taken: number
  readonly watcher?: boolean
  readonly not_eligible?: number
  readonly online?: number
  readonly paper?: number
  readonly challenged?: number
  readonly cast?: number
  readonly void?: number
  readonly paper_ballots?: Readonly<Record<string, number>>
  readonly notices?: Readonly<Record<'missing' | 'sent' | 'failed' | 'proven', number>>
  readonly rewritten_at?: string | null
  readonly key_fingerprint?: string | null
  readonly seal?: string | null
}

/** A line of the roll, as officers and observers read it. */
export interface RollLine {
  readonly id: string
  readonly name: string
  readonly eligible: boolean
  readonly why_not: string | null
  readonly sentence: string | null
  readonly notice: 'missing' | 'sent' | 'failed' | 'proven'
  readonly told_on: string | null
  /** Why their vote is challenged, where it is. */
  readonly challenge?: string | null
  readonly taken: 'none' | 'online' | 'paper' | 'challenged'
}

export interface Roll {
  readonly data: readonly RollLine[]
  readonly next: string | null
}

export interface LateChanges {
  readonly total: number
  readonly data: readonly { readonly name: string; readonly change: string; readonly sentence: string }[]
}

/** A tie that somebody has to decide. */
export interface Tie {
  readonly contest: string
  readonly name: string
  readonly round: number
  readonly pass: number | null
  readonly for: 'elected' | 'eliminated'
  readonly among: readonly { readonly id: string; readonly name: string }[]
}

export interface Counting {
  readonly counted: boolean
  /** Nothing is missing but papers that did not come back. */
  readonly can_count_without: boolean
  readonly counters: Readonly<Record<string, number>>
  readonly missing: readonly string[]
  readonly warnings: readonly string[]
  readonly ties: readonly Tie[]
}
