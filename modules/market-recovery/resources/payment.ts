import { defineResource, field, type TableOf } from '@commonhall/kernel'

/** What a contractor gets for one assignment in one batch: the sum of its weeks, each rounded once. */
export const payment = defineResource('market-recovery.payment', {
  label: 'Payment',
  plural: 'Payments',
  icon: 'money',
  traits: ['audited'],
  title: '{number}',
  naturalKey: 'number',
  ownWriting: true,
  about: {
    member: {
      keep: [
        'number',
        'batch',
        'assignment',
        'contractor',
        'program',
        'hours',
        'subsidy',
        'state',
        'qb_reference',
        'processed_at',
        'paid_on',
        'reason',
      ],
      because: 'What was paid must stay accountable to all members.',
    },
  },
  fields: {
    number: field.text({ required: true, unique: true, max: 20 }),
    state: field.choice(['prepared', 'released', 'exported', 'paid', 'void'], {
      required: true,
      default: 'prepared',
      tones: { prepared: 'new', released: 'warn', exported: 'warn', paid: 'good', void: 'idle' },
    }),
    batch: field.ref('market-recovery.payment-batch', { named: true, required: true }),
    assignment: field.ref('market-recovery.assignment', { named: true, required: true }),
    member: field.ref('members.member', { named: true, required: true }),
    contractor: field.ref('market-recovery.contractor', { named: true, required: true }),
    program: field.ref('market-recovery.program', { named: true, required: true }),
    hours: field.hours({ required: true, total: true }),
    subsidy: field.money({ required: true, total: true }),
    qb_reference: field.text({ max: 60, label: 'QuickBooks reference' }),
    processed_at: field.instant({ label: 'Processed' }),
    paid_on: field.date({ label: 'Paid' }),
    reason: field.longText({ max: 1000, label: 'Why it is void' }),
  },
  views: {
    list: ['number', 'contractor', 'member', 'batch', 'hours', 'subsidy', 'state', 'qb_reference'],
    search: ['number', 'qb_reference'],
    filters: ['state', 'batch', 'contractor', 'program', 'member', 'assignment', 'paid_on'],
    sort: ['-number'],
  },
})

declare module '@commonhall/kernel' {
  interface Tables {
    'market_recovery.payment': TableOf<typeof payment>
  }
}
