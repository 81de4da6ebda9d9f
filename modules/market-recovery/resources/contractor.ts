import { defineResource, field, type TableOf } from '@commonhall/kernel'

/** An employer who takes part, or asks to. Its own people may sign in and see what is its own. */
export const contractor = defineResource('market-recovery.contractor', {
  label: 'Contractor',
  plural: 'Contractors',
  icon: 'building',
  traits: ['audited', 'archivable', 'attachable'],
  party: true,
  title: '{name}',
  naturalKey: 'name',
  fields: {
    name: field.text({ required: true, unique: true, max: 160, aka: ['Company', 'Employer'] }),
    state: field.choice(['good', 'suspended'], {
      required: true,
      default: 'good',
      label: 'Standing',
      names: { good: 'In good standing' },
      tones: { good: 'good', suspended: 'bad' },
    }),
    reason: field.longText({ computed: true, max: 1000, label: 'Why it is suspended' }),
    signatory: field.yesNo({ required: true, default: true, help: 'Whether it has signed the agreement.' }),
    agreement_from_on: field.date({ label: 'Agreement from' }),
    agreement_until_on: field.date({ label: 'Agreement until', help: 'The last day. Empty while it is in force.' }),
    payroll_weekday: field.count({
      required: true,
      min: 1,
      max: 7,
      default: 7,
      label: 'Last day of the payroll week',
      help: '1 is Monday, 7 is Sunday. A week of hours ends on this day.',
      aka: ['Payroll day', 'Week ends'],
    }),
    contact: field.text({ max: 120, label: 'Contact person' }),
    email: field.text({ format: 'email', max: 254, label: 'E-mail' }),
    phone: field.text({ format: 'phone', max: 40 }),
    address: field.text({ max: 400 }),
    quickbooks_name: field.text({
      max: 100,
      label: 'Vendor in QuickBooks',
      help: 'Where QuickBooks calls it something else.',
    }),
    notes: field.longText(),
  },
  views: {
    list: ['name', 'state', 'signatory', 'payroll_weekday', 'contact', 'phone'],
    search: ['name', 'contact', 'email'],
    filters: ['state', 'signatory', 'agreement_until_on'],
    sort: ['name'],
    groups: [
      { label: 'Contractor', fields: ['name', 'state', 'reason', 'payroll_weekday', 'quickbooks_name'] },
      { label: 'Agreement', fields: ['signatory', 'agreement_from_on', 'agreement_until_on'] },
      { label: 'Contact', fields: ['contact', 'email', 'phone', 'address'] },
      { label: 'Notes', fields: ['notes'] },
    ],
  },
})

declare module '@commonhall/kernel' {
  interface Tables {
    'market_recovery.contractor': TableOf<typeof contractor>
  }
}
