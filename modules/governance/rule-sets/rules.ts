import type { DecisionRules } from '../decisions/decide.ts'

/** A version of a rule set as a vote keeps it from the moment when it opens. */
export interface Rules extends DecisionRules {
  /** The version itself. */
  readonly id: string
  readonly name: string
  readonly from_on: string
  readonly notice_days: number
  readonly proxies: 'forbidden' | 'allowed'
  readonly proxies_per_holder: number | null
  readonly retired_vote: boolean
  readonly membership_days: number
  readonly dues_grace_days: number | null
  readonly union_election: boolean
}
