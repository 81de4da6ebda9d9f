import { defineResource, field, type TableOf } from '@commonhall/kernel'

/** By which rules an org decides, and from when on: each change is a new version of the same name. */
export const ruleSet = defineResource('governance.rule-set', {
  label: 'Rule set',
  plural: 'Rule sets',
  icon: 'roll',
  traits: ['audited'],
  title: '{name}',
  fields: {
    name: field.text({ required: true, max: 80, help: 'Versions of the same rules have the same name.' }),
    from_on: field.date({ required: true, label: 'In force from', default: 'today' }),
    until_on: field.date({ label: 'Until', help: 'The last day. Empty while they are in force.' }),
    electorate: field.choice(['member', 'unit', 'share'], {
      required: true,
      default: 'member',
      label: 'Who votes',
      names: {
        member: 'One member, one vote',
        unit: 'One unit, one vote',
        share: 'Units, weighted by their share',
      },
    }),
    quorum: field.choice(['none', 'number', 'members', 'units'], {
      required: true,
      default: 'members',
      names: { none: 'No quorum', number: 'A number', members: 'A share of the electorate', units: 'A share of units' },
    }),
    quorum_number: field.count({ min: 1, label: 'Quorum, as a number' }),
    quorum_share: field.text({ max: 20, label: 'Quorum, as a share', help: 'A fraction, such as 1/2 or 1/3.' }),
    count_abstentions: field.yesNo({ required: true, default: true, label: 'Abstentions count toward the quorum' }),
    count_presence: field.yesNo({ required: true, default: false, label: 'Presence counts toward the quorum' }),
    majority_base: field.choice(['votes', 'votes-and-abstentions', 'electorate'], {
      required: true,
      default: 'votes',
      label: 'Majority of',
      names: {
        votes: 'Votes for and against',
        'votes-and-abstentions': 'All votes, with abstentions',
        electorate: 'Everybody who may vote',
      },
    }),
    threshold: field.text({ required: true, max: 20, default: '1/2', help: 'A fraction, such as 1/2 or 2/3.' }),
    at_least: field.yesNo({
      required: true,
      default: false,
      label: 'Exactly the threshold is enough',
      help: 'Usually more than the threshold is needed.',
    }),
    notice_days: field.count({ required: true, default: 0, max: 365, label: 'Days of notice' }),
    proxies: field.choice(['forbidden', 'allowed'], { required: true, default: 'forbidden' }),
    proxies_per_holder: field.count({ min: 1, max: 100, label: 'Proxies per holder' }),
    retired_vote: field.yesNo({ required: true, default: false, label: 'Retired members vote' }),
    membership_days: field.count({ required: true, default: 0, max: 3650, label: 'Days of membership before voting' }),
    dues_grace_days: field.count({
      max: 3650,
      label: 'Days of grace for dues',
      help: 'Who is further behind may not vote. Empty: dues are not asked about.',
    }),
    union_election: field.yesNo({
      required: true,
      default: false,
      label: 'Federal rules for union officer elections',
      help: 'Secret, no proxies, one vote each, notice to everybody at least 15 days before (29 CFR 452).',
    }),
  },
  temporalKey: { per: ['name'], from: 'from_on', until: 'until_on' },
  views: {
    list: ['name', 'from_on', 'until_on', 'electorate', 'quorum', 'majority_base', 'threshold'],
    search: ['name'],
    filters: ['electorate', 'from_on'],
    sort: ['name', '-from_on'],
    groups: [
      { label: 'Rules', fields: ['name', 'from_on', 'until_on', 'union_election'] },
      {
        label: 'Who may vote',
        fields: ['electorate', 'retired_vote', 'membership_days', 'dues_grace_days', 'notice_days'],
      },
      {
        label: 'Quorum',
        fields: ['quorum', 'quorum_number', 'quorum_share', 'count_abstentions', 'count_presence'],
      },
      { label: 'Majority', fields: ['majority_base', 'threshold', 'at_least'] },
      { label: 'Proxies', fields: ['proxies', 'proxies_per_holder'] },
    ],
  },
})

declare module '@commonhall/kernel' {
  interface Tables {
    'governance.rule_set': TableOf<typeof ruleSet>
  }
}
