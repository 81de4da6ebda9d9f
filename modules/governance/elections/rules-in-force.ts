/** The version of a rule set as an election keeps it, as far as an election asks. */
export interface RulesInForce {
  readonly name: string
  readonly electorate: 'member' | 'unit' | 'share'
  readonly notice_days: number
  readonly retired_vote: boolean
  readonly membership_days: number
  readonly dues_grace_days: number | null
  readonly union_election: boolean
}
