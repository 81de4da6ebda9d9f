import { call } from '@commonhall/ui'
import { queryOptions } from '@tanstack/react-query'
import type { Count } from '../../counting/result.ts'

/** How many ballots there are of each kind. */
export interface Counters {
  readonly eligible: number
  readonly issued: number
  readonly cast: number
  readonly paper_counted: number
  readonly void: number
  readonly spoiled: number
  readonly challenged: number
  readonly challenged_accepted: number
  readonly challenged_rejected: number
}

export interface CountedContest {
  readonly id: string
  readonly name: string
  readonly method: 'yes-no' | 'plurality' | 'approval' | 'score' | 'irv' | 'stv' | 'cumulative'
  readonly seats: number
  readonly candidates: readonly { readonly id: string; readonly name: string }[]
  readonly winners: readonly string[]
  readonly result: Count | null
  /** What is said of each round. */
  readonly rounds: readonly {
    readonly round: number
    readonly pass: number | null
    readonly sentences: readonly string[]
  }[]
}

/** What `GET /elections/{id}/results` answers. */
export interface Results {
  readonly state: string
  readonly counted: boolean
  readonly seal: string | null
  readonly key_fingerprint: string | null
  readonly counters: Counters | null
  readonly warnings: readonly string[]
  readonly contests: readonly CountedContest[]
}

/** Named as the election itself, so that it is read anew when that changes. */
export const resultsQuery = (org: string, election: string) =>
  queryOptions({
    queryKey: ['org', org, 'record', 'elections', election, 'results'],
    queryFn: ({ signal }) => call<Results>('GET', `/orgs/${org}/elections/${election}/results`, { signal }),
  })
