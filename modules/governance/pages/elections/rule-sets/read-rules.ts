import { readFraction } from '../../../decisions/fraction.ts'
import type { Rules } from '../../../rule-sets/rules.ts'

type Values = Readonly<Record<string, unknown>>

const text = (value: unknown) => (typeof value === 'string' && value.trim() ? value.trim() : null)

function whole(value: unknown): number | null {
  const found = /^\d{1,6}$/.exec(String(value ?? '').trim())
  return found ? Number(found[0]) : null
}

/** Rules as they are typed; undefined while they cannot be decided by. */
export function readRules(values: Values): Rules | undefined {
  const threshold = text(values['threshold']) ?? ''
  const share = text(values['quorum_share'])
  const number = whole(values['quorum_number'])
  const quorum = values['quorum'] as Rules['quorum']
  const hasQuorum =
    quorum === 'none' || (quorum === 'number' ? number !== null : share !== null && !!readFraction(share))
  if (!readFraction(threshold) || !hasQuorum) return undefined
  return {
    id: '',
    name: text(values['name']) ?? '',
    from_on: text(values['from_on']) ?? '',
    electorate: values['electorate'] as Rules['electorate'],
    quorum,
    quorum_number: number,
    quorum_share: share,
    count_abstentions: values['count_abstentions'] === true,
    count_presence: values['count_presence'] === true,
    majority_base: values['majority_base'] as Rules['majority_base'],
    threshold,
    at_least: values['at_least'] === true,
    notice_days: whole(values['notice_days']) ?? 0,
    proxies: values['proxies'] === 'allowed' ? 'allowed' : 'forbidden',
    proxies_per_holder: whole(values['proxies_per_holder']),
    retired_vote: values['retired_vote'] === true,
    membership_days: whole(values['membership_days']) ?? 0,
    dues_grace_days: whole(values['dues_grace_days']),
    union_election: values['union_election'] === true,
  }
}

/** A vote of a hundred, by which one sees what rules come to. */
export const sample = { electorate: 100, yes: 34, no: 18, abstain: 8 } as const
