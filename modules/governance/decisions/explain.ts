import type { Decision, DecisionRules } from './decide.ts'
import { compareShare, fractionOf, percent, tellingPercent } from './fraction.ts'

/** A sentence about a decision: its key under `decision`, and what fills it in. */
export interface Explained {
  readonly key: string
  readonly params: Readonly<Record<string, string | number>>
}

const people = { member: 'members', unit: 'units', share: 'units' } as const

/** `48 of 70 members voted (quorum 35 reached).` */
function turnout(rules: DecisionRules, { yes, no, abstain, electorate, quorum }: Reckoned): Explained[] {
  const voted = yes.voters + no.voters + abstain.voters
  const weight = yes.weight + no.weight + abstain.weight
  const counts = { voted, electorate: electorate.voters, people: people[rules.electorate] }
  const said: Explained[] = []
  const isPlain = rules.electorate !== 'share' && (quorum === null || quorum.counted === voted)
  const needed = quorum?.needed ?? 0
  if (isPlain && quorum)
    said.push({ key: quorum.reached ? 'voted_quorum' : 'voted_no_quorum', params: { ...counts, needed } })
  else said.push({ key: 'voted', params: counts })
  if (rules.electorate === 'share')
    said.push({
      key: 'weighed',
      params: { weight, whole: electorate.weight, percent: percent(BigInt(weight), BigInt(electorate.weight || 1)) },
    })
  if (quorum && !isPlain) {
    const kind = rules.quorum === 'members' && rules.electorate === 'share' ? 'shares' : 'heads'
    const key = `quorum_${kind}_${quorum.reached ? 'reached' : 'missed'}`
    said.push({ key, params: { counted: quorum.counted, needed } })
  }
  return said
}

type Reckoned = Omit<Decision, 'explained'>

/** Which sentence says how the part in favor stands to the threshold. */
function verdict(rules: DecisionRules, { yes, no, base, outcome }: Reckoned): Explained {
  const params = { yes: yes.weight, no: no.weight, base, threshold: rules.threshold }
  if (yes.weight + no.weight === 0) return { key: 'nobody', params }
  if (yes.weight === no.weight) return { key: 'tie', params }
  if (yes.weight < no.weight) return { key: 'outvoted', params }
  const threshold = fractionOf(rules.threshold)
  const [part, whole] = [BigInt(yes.weight), BigInt(base)]
  const above = compareShare(part, whole, threshold)
  const share = { ...params, percent: tellingPercent(part, whole, threshold) }
  if (above === 0) return { key: outcome === 'passed' ? 'exactly_enough' : 'exactly', params: share }
  return { key: above > 0 ? (rules.at_least ? 'more_of_least' : 'more') : 'less', params: share }
}

function baseOf({ majority_base, electorate }: DecisionRules): string {
  if (majority_base === 'votes-and-abstentions') return 'base_abstentions'
  return electorate === 'share' ? 'base_electorate_shares' : 'base_electorate'
}

/** What a decision came to, sentence by sentence. */
export function explain(rules: DecisionRules, reckoned: Reckoned): Explained[] {
  const { yes, no, abstain, outcome } = reckoned
  const votes = { yes: yes.weight, no: no.weight, abstain: abstain.weight }
  const said = [...turnout(rules, reckoned), { key: 'votes', params: { ...votes, count: abstain.weight } }]
  if (outcome === 'no-quorum') return [...said, { key: 'no_quorum', params: {} }]
  if (rules.majority_base !== 'votes') said.push({ key: baseOf(rules), params: { base: reckoned.base } })
  return [...said, verdict(rules, reckoned)]
}
