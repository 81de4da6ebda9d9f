import { defineResource, field, type TableOf } from '@commonhall/kernel'

/** All that is paid for a pay period at once: one prepares it, another releases it. */
export const paymentBatch = defineResource('market-recovery.payment-batch', {
  label: 'Payment batch',
  plural: 'Payment batches',
  icon: 'money',
  traits: ['audited', 'attachable'],
  title: '{number}',
  naturalKey: 'number',
  fields: {
    number: field.text({ computed: true, required: true, unique: true, max: 20 }),
    state: field.choice(['prepared', 'released', 'exported', 'paid', 'void'], {
      computed: true,
      required: true,
      default: 'prepared',
      tones: { prepared: 'new', released: 'warn', exported: 'warn', paid: 'good', void: 'idle' },
    }),
    period_from_on: field.date({ required: true, immutable: true, label: 'Weeks ending from' }),
    period_until_on: field.date({ required: true, immutable: true, label: 'Weeks ending until' }),
    program: field.ref('market-recovery.program', { immutable: true, help: 'Leave it empty for all programs.' }),
    payments: field.count({ computed: true, required: true, default: 0 }),
    hours: field.hours({ computed: true, required: true, default: '0.00', total: true }),
    subsidy: field.money({ computed: true, required: true, default: '0.00', total: true }),
    carried: field.count({
      computed: true,
      required: true,
      default: 0,
      label: 'Left for the next batch',
      help: 'Assignments whose adjustments take back more than their weeks come to.',
    }),
    prepared_by: field.ref('foundation.org_user', { named: true, computed: true }),
    released_by: field.ref('foundation.org_user', { named: true, computed: true }),
    released_at: field.instant({ computed: true, label: 'Released' }),
    exported_at: field.instant({ computed: true, label: 'Exported' }),
    paid_on: field.date({ computed: true, label: 'Paid' }),
    reason: field.longText({ computed: true, max: 1000, label: 'Why it is void' }),
    note: field.longText({ max: 1000 }),
  },
  views: {
    list: ['number', 'period_from_on', 'period_until_on', 'program', 'payments', 'hours', 'subsidy', 'state'],
    search: ['number'],
    filters: ['state', 'program', 'period_from_on', 'period_until_on'],
    sort: ['-number'],
    groups: [
      { label: 'Batch', fields: ['number', 'state', 'period_from_on', 'period_until_on', 'program'] },
      { label: 'Amount', fields: ['payments', 'hours', 'subsidy', 'carried'] },
      {
        label: 'Steps',
        fields: ['prepared_by', 'released_by', 'released_at', 'exported_at', 'paid_on', 'reason', 'note'],
      },
    ],
  },
})

declare module '@commonhall/kernel' {
  interface Tables {
    'market_recovery.payment_batch': TableOf<typeof paymentBatch>
  }
}
