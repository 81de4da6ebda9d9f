import { defineResource, field, type TableOf } from '@commonhall/kernel'

/** A member at work for a contractor in a program, at the rate that the contractor pays. */
export const assignment = defineResource('market-recovery.assignment', {
  label: 'Assignment',
  plural: 'Assignments',
  icon: 'users',
  traits: ['audited'],
  title: '{number}',
  naturalKey: 'number',
  about: {
    member: {
      erase: ['notes'],
      keep: [
        'number',
        'program',
        'contractor',
        'project',
        'classification',
        'contractor_rate',
        'from_on',
        'until_on',
        'state',
        'assigned_by',
      ],
      because: 'What was paid for whom, and by which rates, must stay accountable to all members.',
    },
  },
  fields: {
    number: field.text({ computed: true, required: true, unique: true, max: 20 }),
    state: field.choice(['active', 'ended', 'cancelled'], {
      required: true,
      default: 'active',
      tones: { active: 'good', ended: 'idle', cancelled: 'idle' },
    }),
    member: field.ref('members.member', { named: true, required: true, immutable: true }),
    contractor: field.ref('market-recovery.contractor', { named: true, required: true, immutable: true }),
    program: field.ref('market-recovery.program', { named: true, required: true, immutable: true }),
    project: field.ref('market-recovery.project', {
      named: true,
      immutable: true,
      help: 'Where an award for one job pays, rather than the program’s own rate.',
    }),
    classification: field.text({ required: true, max: 100, help: 'As on the scale, such as Journeyman.' }),
    contractor_rate: field.money({
      required: true,
      decimals: 4,
      min: '0',
      label: 'Contractor pays per hour',
      aka: ['Contractor rate', 'Rate'],
    }),
    from_on: field.date({ required: true, label: 'From', aka: ['Start'] }),
    until_on: field.date({ label: 'Until', help: 'The last day. Empty while it has no end.', aka: ['End'] }),
    assigned_by: field.ref('foundation.org_user', { named: true, computed: true }),
    notes: field.longText(),
  },
  views: {
    list: [
      'number',
      'member',
      'contractor',
      'program',
      'classification',
      'contractor_rate',
      'from_on',
      'until_on',
      'state',
    ],
    search: ['number', 'classification'],
    filters: ['state', 'program', 'contractor', 'member', 'project', 'classification', 'from_on', 'until_on'],
    sort: ['-from_on'],
    sortable: ['number'],
    groups: [
      { label: 'Who and where', fields: ['number', 'state', 'member', 'contractor', 'program', 'project'] },
      { label: 'Rate', fields: ['classification', 'contractor_rate'] },
      { label: 'When', fields: ['from_on', 'until_on', 'assigned_by', 'notes'] },
    ],
  },
})

declare module '@commonhall/kernel' {
  interface Tables {
    'market_recovery.assignment': TableOf<typeof assignment>
  }
}
