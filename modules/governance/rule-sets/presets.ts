import type { OrgKind } from '@commonhall/kernel'
import type { Rules } from './rules.ts'

/** Rules to begin with: what most bylaws of such an organization say. */
export interface Preset {
  readonly preset: string
  readonly for: OrgKind
  readonly rules: Omit<Rules, 'id' | 'name' | 'from_on'>
}

const plain = {
  quorum: 'members',
  quorum_number: null,
  quorum_share: '1/3',
  count_abstentions: true,
  count_presence: true,
  majority_base: 'votes',
  threshold: '1/2',
  at_least: false,
  notice_days: 7,
  proxies: 'forbidden',
  proxies_per_holder: null,
  retired_vote: false,
  membership_days: 0,
  dues_grace_days: null,
  union_election: false,
} as const

/** Their names are in words, under `rules.presets`. */
export const presets: readonly Preset[] = [
  { preset: 'coop-member', for: 'housing-cooperative', rules: { ...plain, electorate: 'member' } },
  {
    preset: 'coop-unit',
    for: 'housing-cooperative',
    rules: { ...plain, electorate: 'unit', quorum: 'units', proxies: 'allowed', proxies_per_holder: 2 },
  },
  {
    preset: 'union-local',
    for: 'union-local',
    rules: { ...plain, electorate: 'member', quorum: 'number', quorum_number: 15, quorum_share: null },
  },
  {
    preset: 'union-officers',
    for: 'union-local',
    rules: {
      ...plain,
      electorate: 'member',
      quorum: 'none',
      quorum_share: null,
      notice_days: 15,
      union_election: true,
    },
  },
]
