import { readFraction } from '../decisions/fraction.ts'
import type { Rules } from './rules.ts'

/** What is wrong with rules: the field, and which sentence says why. */
export interface Fault {
  readonly path: string
  readonly code: string
}

type Given = Omit<Rules, 'id' | 'name' | 'from_on'>

function ofQuorum({ quorum, quorum_number, quorum_share, electorate }: Given): Fault[] {
  const found: Fault[] = []
  if (quorum === 'number' && quorum_number === null) found.push({ path: 'quorum_number', code: 'no_number' })
  if (quorum !== 'none' && quorum !== 'number' && quorum_share === null)
    found.push({ path: 'quorum_share', code: 'no_share' })
  if (quorum_share !== null && !readFraction(quorum_share)) found.push({ path: 'quorum_share', code: 'no_fraction' })
  if (quorum === 'units' && electorate === 'member') found.push({ path: 'quorum', code: 'no_units' })
  return found
}

function ofThreshold({ threshold, at_least }: Given): Fault[] {
  const fraction = readFraction(threshold)
  if (!fraction) return [{ path: 'threshold', code: 'no_fraction' }]
  return fraction.of === fraction.among && !at_least ? [{ path: 'threshold', code: 'more_than_all' }] : []
}

/** Federal law, for elections of union officers: 29 CFR 452. */
function ofUnion({ union_election, electorate, proxies, notice_days }: Given): Fault[] {
  if (!union_election) return []
  return [
    ...(electorate === 'member' ? [] : [{ path: 'electorate', code: 'union_weighted' }]),
    ...(proxies === 'forbidden' ? [] : [{ path: 'proxies', code: 'union_proxies' }]),
    ...(notice_days >= 15 ? [] : [{ path: 'notice_days', code: 'union_notice' }]),
  ]
}

/** Everything that is wrong with rules as they would stand. */
export const faultsOfRules = (given: Given): Fault[] => [
  ...ofQuorum(given),
  ...ofThreshold(given),
  ...(given.proxies === 'allowed' && given.proxies_per_holder === null
    ? [{ path: 'proxies_per_holder', code: 'no_limit' }]
    : []),
  ...ofUnion(given),
]
