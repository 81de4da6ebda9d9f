import { defineResource, field, type TableOf } from '@commonhall/kernel'

/** A text that members discuss, change and decide. */
export const proposal = defineResource('governance.proposal', {
  label: 'Proposal',
  plural: 'Proposals',
  icon: 'hammer',
  traits: ['audited', 'attachable'],
  title: '{number} {title}',
  naturalKey: 'number',
  fields: {
    number: field.text({ computed: true, required: true, unique: true, max: 20 }),
    title: field.text({ required: true, max: 160 }),
    text: field.longText({ required: true, max: 50_000, help: 'What is to be decided, as it would stand.' }),
    state: field.choice(['draft', 'discussion', 'voting', 'decided', 'withdrawn'], {
      computed: true,
      required: true,
      default: 'draft',
      tones: { draft: 'idle', discussion: 'new', voting: 'warn', decided: 'good', withdrawn: 'idle' },
    }),
    outcome: field.choice(['passed', 'failed', 'no-quorum'], {
      computed: true,
      names: { 'no-quorum': 'No quorum' },
      tones: { passed: 'good', failed: 'bad', 'no-quorum': 'warn' },
    }),
    way: field.choice(['roll-call', 'secret'], {
      required: true,
      default: 'roll-call',
      label: 'Vote',
      names: { 'roll-call': 'By roll call', secret: 'Secretly' },
    }),
    rule_set: field.ref('governance.rule-set', { named: true, help: 'By which rules it is decided.' }),
    author: field.ref('members.member', { named: true, computed: true }),
    proposed_by: field.ref('foundation.org_user', { named: true, computed: true }),
    text_version: field.count({ computed: true, required: true, default: 1, label: 'Version of the text' }),
    discussion_at: field.instant({ computed: true, label: 'Discussed since' }),
    opens_at: field.instant({ label: 'Voting opens' }),
    closes_at: field.instant({ label: 'Voting closes' }),
    rules: field.json({ computed: true, label: 'Rules in force' }),
    decision: field.json({ computed: true }),
    decided_at: field.instant({ computed: true, label: 'Decided' }),
    reason: field.longText({ computed: true, max: 1000, label: 'Why it was withdrawn' }),
  },
  about: {
    author: {
      keep: [
        'number',
        'title',
        'text',
        'state',
        'outcome',
        'way',
        'rule_set',
        'proposed_by',
        'text_version',
        'discussion_at',
        'opens_at',
        'closes_at',
        'rules',
        'decision',
        'decided_at',
        'reason',
      ],
      because: 'What was proposed to all is part of what the organization decided.',
    },
  },
  views: {
    list: ['number', 'title', 'state', 'outcome', 'author', 'closes_at'],
    search: ['number', 'title'],
    filters: ['state', 'outcome', 'author', 'way'],
    sort: ['-number'],
    groups: [
      { label: 'Proposal', fields: ['title', 'text', 'author'] },
      { label: 'Vote', fields: ['way', 'rule_set', 'opens_at', 'closes_at'] },
    ],
  },
})

declare module '@commonhall/kernel' {
  interface Tables {
    'governance.proposal': TableOf<typeof proposal>
  }
}
