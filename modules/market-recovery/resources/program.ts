import { defineResource, field, type TableOf } from '@commonhall/kernel'

/** A pot of money with rules of its own: how much an hour is subsidized, from when until when, and how much in all. */
export const program = defineResource('market-recovery.program', {
  label: 'Program',
  plural: 'Programs',
  icon: 'bookmark',
  traits: ['audited', 'attachable'],
  title: '{name}',
  naturalKey: 'name',
  fields: {
    name: field.text({ required: true, unique: true, max: 120 }),
    state: field.choice(['planned', 'active', 'completed', 'cancelled'], {
      required: true,
      default: 'planned',
      aka: ['Status'],
      tones: { planned: 'new', active: 'good', completed: 'idle', cancelled: 'idle' },
    }),
    basis: field.choice(['rate-gap', 'fixed-rate'], {
      required: true,
      default: 'rate-gap',
      help: 'The gap between the scale and what the contractor pays, or the same rate for every hour.',
      names: { 'rate-gap': 'Gap to the scale', 'fixed-rate': 'Fixed rate' },
    }),
    hourly_subsidy_rate: field.money({
      decimals: 4,
      min: '0',
      label: 'Subsidy per hour',
      help: 'The rate, where it is fixed. With a gap it is the most per hour, or empty for no limit.',
    }),
    overtime_factor: field.factor({
      required: true,
      default: '1.0',
      min: '1',
      max: '2',
      help: 'What an hour of overtime counts: 1, 1.5 or 2.',
    }),
    budget: field.money({ required: true, min: '0' }),
    committed: field.money({
      computed: true,
      required: true,
      default: '0.00',
      help: 'Approved and not paid yet.',
    }),
    paid: field.money({ computed: true, required: true, default: '0.00' }),
    from_on: field.date({ required: true, label: 'From', aka: ['Start'] }),
    until_on: field.date({ label: 'Until', help: 'The last day. Empty while it has no end.', aka: ['End'] }),
    description: field.longText(),
  },
  views: {
    list: ['name', 'state', 'from_on', 'until_on', 'budget', 'committed', 'paid'],
    search: ['name'],
    filters: ['state', 'basis', 'from_on', 'until_on'],
    sort: ['name'],
    groups: [
      { label: 'Program', fields: ['name', 'state', 'from_on', 'until_on', 'description'] },
      { label: 'Money', fields: ['budget', 'committed', 'paid', 'basis', 'hourly_subsidy_rate', 'overtime_factor'] },
    ],
  },
})

declare module '@commonhall/kernel' {
  interface Tables {
    'market_recovery.program': TableOf<typeof program>
  }
}
