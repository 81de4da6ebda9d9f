import { say } from '@commonhall/kernel'
import type { Rules } from './rules.ts'

const told = (key: string, params: Record<string, unknown> = {}) => say(`governance:rules.${key}`, params)

function quorum({ quorum: kind, quorum_number, quorum_share, count_abstentions, count_presence }: Rules): string[] {
  if (kind === 'none') return [told('quorum_none')]
  const needed = told(`quorum_${kind}`, { count: quorum_number ?? 1, share: quorum_share })
  const counting = `${count_abstentions ? 'with' : 'no'}_abstentions_${count_presence ? 'with' : 'no'}_presence`
  return [needed, told(counting)]
}

function standing({ retired_vote, membership_days: days, dues_grace_days: grace }: Rules): string[] {
  return [
    ...(retired_vote ? [told('retired')] : []),
    ...(days ? [told('membership', { count: days })] : []),
    ...(grace === null ? [] : [told('dues', { count: grace })]),
  ]
}

/** What the rules say, a sentence each. */
export function rulesInWords(rules: Rules): string[] {
  const base = told(`base_${rules.majority_base}`)
  return [
    told(`electorate_${rules.electorate}`),
    ...standing(rules),
    ...quorum(rules),
    told(rules.at_least ? 'at_least' : 'more_than', { threshold: rules.threshold, base }),
    ...(rules.notice_days ? [told('notice', { count: rules.notice_days })] : []),
    rules.proxies === 'allowed' ? told('proxies', { count: rules.proxies_per_holder ?? 1 }) : told('no_proxies'),
    ...(rules.union_election ? [told('union')] : []),
  ]
}
