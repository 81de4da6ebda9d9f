import { defineResource, field, type TableOf } from '@commonhall/kernel'

/** A secret vote: of people for an office, among options, or on a proposal. */
export const election = defineResource('governance.election', {
  label: 'Election',
  plural: 'Elections',
  icon: 'roll',
  traits: ['audited', 'attachable'],
  title: '{name}',
  files: { keepYears: 1 },
  fields: {
    name: field.text({ required: true, max: 160 }),
    kind: field.choice(['people', 'options', 'proposal'], {
      required: true,
      default: 'people',
      immutable: true,
      names: { people: 'People for an office', options: 'Options', proposal: 'A proposal' },
    }),
    state: field.choice(
      ['draft', 'nominations', 'published', 'voting', 'counting', 'certified', 'contested', 'withdrawn'],
      {
        computed: true,
        required: true,
        default: 'draft',
        names: { nominations: 'Nominations open', published: 'Ballot published' },
        tones: {
          draft: 'idle',
          nominations: 'new',
          published: 'new',
          voting: 'warn',
          counting: 'warn',
          certified: 'good',
          contested: 'bad',
          withdrawn: 'idle',
        },
      },
    ),
    rule_set: field.ref('governance.rule-set', { named: true, help: 'By which rules it is held.' }),
    proposal: field.ref('governance.proposal', { named: true, computed: true }),
    about: field.longText({ max: 10_000, label: 'About this election' }),
    record_on: field.date({ label: 'Day of record', help: 'Whose standing is good on this day may vote.' }),
    nominations_until_at: field.instant({ label: 'Nominations close' }),
    opens_at: field.instant({ label: 'Voting opens' }),
    closes_at: field.instant({ label: 'Voting closes' }),
    ballot_order: field.choice(['alphabetical', 'drawn'], {
      required: true,
      default: 'alphabetical',
      label: 'Order on the ballot',
      names: { drawn: 'Drawn by lot' },
    }),
    rules: field.json({ computed: true, label: 'Rules in force' }),
    seed: field.text({ computed: true, max: 80, help: 'Ties are drawn from it. It is published before voting opens.' }),
    public_key: field.text({ computed: true, max: 1000, help: 'Ballot papers are signed with its pair.' }),
    key_fingerprint: field.text({ computed: true, max: 64 }),
    counters: field.json({ computed: true, help: 'Eligible, issued, cast, paper, void and challenged ballots.' }),
    seal: field.text({ computed: true, max: 64, help: 'The hash of the published box.' }),
    opened_at: field.instant({ computed: true, label: 'Opened' }),
    closed_at: field.instant({ computed: true, label: 'Closed' }),
    certified_by: field.ref('foundation.org_user', { named: true, computed: true }),
    certified_at: field.instant({ computed: true, label: 'Certified' }),
    keep_until_on: field.date({ computed: true, label: 'Kept sealed until' }),
    reason: field.longText({ computed: true, max: 1000 }),
  },
  views: {
    list: ['name', 'kind', 'state', 'opens_at', 'closes_at'],
    search: ['name'],
    filters: ['state', 'kind', 'proposal'],
    sort: ['-closes_at'],
    groups: [
      { label: 'Election', fields: ['name', 'kind', 'rule_set', 'ballot_order', 'about'] },
      { label: 'Days', fields: ['record_on', 'nominations_until_at', 'opens_at', 'closes_at'] },
    ],
  },
})

declare module '@commonhall/kernel' {
  interface Tables {
    'governance.election': TableOf<typeof election>
  }
}
