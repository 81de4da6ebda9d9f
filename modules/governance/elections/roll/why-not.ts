import { say, spokenDate } from '@commonhall/kernel'
import type { RulesInForce } from '../rules-in-force.ts'

/** What a sentence may name, of the person and of the rules. */
export interface Facts {
  readonly joined_on?: string | null
  readonly paid_through_on?: string | null
  readonly rules?: Pick<RulesInForce, 'membership_days' | 'dues_grace_days'> | null
}

const known: ReadonlySet<string> = new Set([
  'applicant',
  'suspended',
  'retired',
  'left',
  'gone',
  'joined_later',
  'joined_unknown',
  'too_new',
  'dues_behind',
  'no_shares',
  'no_unit',
  'no_member',
  'not_drawn',
])

/** Why somebody may not vote, or nominate, in words: plain, and with what they could do about it. */
export function whyNotSentence(code: string, what: 'vote' | 'nominate', facts: Facts = {}): string {
  const { joined_on: joined, paid_through_on: paid, rules } = facts
  const act = say(`governance:may.${what}`)
  const key = known.has(code) ? code : 'other'
  if (code === 'too_new' && joined && rules)
    return say('governance:why_not.too_new_since', { act, joined: spokenDate(joined), days: rules.membership_days })
  if (code === 'dues_behind' && paid) return say('governance:why_not.dues_paid_to', { act, paid: spokenDate(paid) })
  return say(`governance:why_not.${key}`, { act })
}
