/** What the API answers about the vote on a proposal. */

export type Choice = 'yes' | 'no' | 'abstain'

export const choices: readonly Choice[] = ['yes', 'no', 'abstain']

export type Outcome = 'passed' | 'failed' | 'no-quorum'

/** A vote that is mine to cast: my own, my unit's, or somebody's who gave me a proxy. */
export interface MyVote {
  readonly vote: string
  readonly name: string
  readonly weight: number
  readonly choice: Choice | null
  readonly by_proxy: boolean
  readonly shared: boolean
  readonly can: boolean
  readonly why_not: string | null
}

export interface Result {
  readonly yes: number
  readonly no: number
  readonly abstain: number
  /** Yes, no and abstain are shares. */
  readonly weighted: boolean
  readonly cast: number
  readonly present: number
  readonly electorate: number
  readonly quorum: number | null
  readonly quorum_reached: boolean
  readonly outcome: Outcome
  readonly sentences: readonly string[]
}

export interface VotePage {
  readonly state: 'draft' | 'discussion' | 'voting' | 'decided' | 'withdrawn'
  readonly way: 'roll-call' | 'secret'
  /** Where a secret vote is held. */
  readonly election: string | null
  readonly opens_at: string | null
  readonly closes_at: string | null
  readonly rules: readonly string[]
  readonly mine: readonly MyVote[]
  readonly why_not: string | null
  readonly result: Result | null
  readonly decision: { readonly outcome: Outcome; readonly sentences: readonly string[] } | null
}

/** The rules as they are frozen into the proposal, as far as the page draws them. */
export interface FrozenRules {
  readonly electorate?: 'member' | 'unit' | 'share'
  readonly majority_base?: 'votes' | 'votes-and-abstentions' | 'electorate'
  readonly threshold?: string
  readonly at_least?: boolean
  readonly count_abstentions?: boolean
  readonly count_presence?: boolean
  readonly proxies?: 'forbidden' | 'allowed'
}

export interface LateChange {
  readonly name: string
  readonly change: 'came' | 'went' | 'not_eligible' | 'eligible'
  readonly why: string | null
}
