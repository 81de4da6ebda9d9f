import { defineResource, field, type TableOf } from '@commonhall/kernel'

/** What a contractor reported to the funds, or dispatch has on its list: hours to hold claims against. */
export const remittance = defineResource('market-recovery.remittance', {
  label: 'Remittance',
  plural: 'Remittances',
  traits: ['audited'],
  title: '{week_ending}, {hours} hours',
  about: {
    member: {
      keep: ['contractor', 'week_ending', 'classification', 'hours', 'source'],
      because: 'What claims were held against must stay accountable to all members.',
    },
  },
  uniqueTogether: [['contractor', 'member', 'week_ending', 'classification']],
  fields: {
    contractor: field.ref('market-recovery.contractor', { required: true, aka: ['Employer', 'Company'] }),
    member: field.ref('members.member', { required: true, aka: ['Card', 'Card number', 'Member'] }),
    week_ending: field.date({ required: true, aka: ['WE', 'W/E', 'Week ending', 'Period end'] }),
    classification: field.text({ required: true, max: 100, aka: ['Class', 'Trade'] }),
    hours: field.hours({ required: true, min: '0', total: true, aka: ['Hours worked', 'Total hours'] }),
    source: field.text({ max: 120, help: 'Such as the report of the benefit funds, or dispatch.' }),
  },
  views: {
    list: ['week_ending', 'member', 'contractor', 'classification', 'hours', 'source'],
    filters: ['week_ending', 'contractor', 'member', 'classification'],
    sort: ['-week_ending'],
  },
})

declare module '@commonhall/kernel' {
  interface Tables {
    'market_recovery.remittance': TableOf<typeof remittance>
  }
}
