import { type Explained, explain } from './explain.ts'
import { compareShare, fractionOf, leastOf } from './fraction.ts'

/** What of a rule set decides. */
export interface DecisionRules {
  readonly electorate: 'member' | 'unit' | 'share'
  readonly quorum: 'none' | 'number' | 'members' | 'units'
  readonly quorum_number: number | null
  readonly quorum_share: string | null
  readonly count_abstentions: boolean
  readonly count_presence: boolean
  readonly majority_base: 'votes' | 'votes-and-abstentions' | 'electorate'
  readonly threshold: string
  readonly at_least: boolean
}

/** So many voters, and what their votes weigh together. They differ only where units are weighted by their share. */
export interface Amount {
  readonly voters: number
  readonly weight: number
}

/** How a vote stands. `present` are those who are there and have not voted. */
export interface Tallies {
  readonly yes: Amount
  readonly no: Amount
  readonly abstain: Amount
  readonly present: Amount
  readonly electorate: Amount
}

export type Outcome = 'passed' | 'failed' | 'no-quorum'

/** What a vote comes to, all that it was reckoned from, and the sentences that say so, as key and what fills it in. */
export interface Decision extends Tallies {
  readonly outcome: Outcome
  /** How many count toward the quorum, and how many it takes: voters, or their weight where a share of it is asked. */
  readonly quorum: { readonly needed: number; readonly counted: number; readonly reached: boolean } | null
  /** Of how many the majority is taken. */
  readonly base: number
  readonly explained: readonly Explained[]
}

/** Numbers of one vote by themselves, where nothing is weighted. */
export const even = (voters: number): Amount => ({ voters, weight: voters })

const weigh = (amounts: readonly Amount[]) => amounts.reduce((sum, { weight }) => sum + weight, 0)
const count = (amounts: readonly Amount[]) => amounts.reduce((sum, { voters }) => sum + voters, 0)

function quorumOf(rules: DecisionRules, tallies: Tallies): Decision['quorum'] {
  if (rules.quorum === 'none') return null
  const { yes, no, abstain, present, electorate } = tallies
  const there = [yes, no, ...(rules.count_abstentions ? [abstain] : []), ...(rules.count_presence ? [present] : [])]
  const shareOf = (whole: number) => Number(leastOf(BigInt(whole), fractionOf(rules.quorum_share ?? '1/1')))
  // A share of the electorate is one of its weight; a number, and a share of units, are heads.
  const isWeighed = rules.quorum === 'members'
  const counted = isWeighed ? weigh(there) : count(there)
  const needed =
    rules.quorum === 'number' ? (rules.quorum_number ?? 1) : shareOf(isWeighed ? electorate.weight : electorate.voters)
  return { needed, counted, reached: counted >= needed }
}

function baseOf({ majority_base }: DecisionRules, { yes, no, abstain, electorate }: Tallies): number {
  if (majority_base === 'electorate') return electorate.weight
  return weigh(majority_base === 'votes' ? [yes, no] : [yes, no, abstain])
}

/**
 * Decides by exact fractions. First the quorum; then more voted for than against, so that a tie fails whatever the
 * threshold; then the part of the base that the threshold asks for: more than it, or exactly it where the rules say so.
 */
export function decide(rules: DecisionRules, tallies: Tallies): Decision {
  const quorum = quorumOf(rules, tallies)
  const base = baseOf(rules, tallies)
  const { yes, no } = tallies
  const above = compareShare(BigInt(yes.weight), BigInt(base), fractionOf(rules.threshold))
  const isEnough = yes.weight > no.weight && (above > 0 || (above === 0 && rules.at_least))
  const outcome: Outcome = quorum && !quorum.reached ? 'no-quorum' : isEnough ? 'passed' : 'failed'
  const decided = { ...tallies, outcome, quorum, base }
  return { ...decided, explained: explain(rules, decided) }
}
