import { defineResource, field, type TableOf } from '@commonhall/kernel'

/** The journeyman wage per hour of a classification, from a day on. One classification has one scale on any day. */
export const scale = defineResource('market-recovery.scale', {
  label: 'Scale',
  plural: 'Scales',
  icon: 'chart',
  traits: ['audited'],
  title: '{classification}, {rate}',
  fields: {
    classification: field.text({
      required: true,
      max: 100,
      help: 'As it stands in the agreement, such as Journeyman.',
      aka: ['Class', 'Trade'],
    }),
    rate: field.money({ required: true, decimals: 4, min: '0', label: 'Rate per hour', aka: ['Wage', 'Scale'] }),
    from_on: field.date({ required: true, label: 'From', aka: ['Effective', 'Start'] }),
    until_on: field.date({
      label: 'Until',
      help: 'The last day. Empty while it is in force.',
      aka: ['End', 'Expires'],
    }),
  },
  temporalKey: { per: ['classification'], from: 'from_on', until: 'until_on' },
  views: {
    list: ['classification', 'rate', 'from_on', 'until_on'],
    filters: ['classification', 'from_on', 'until_on'],
    sort: ['classification', '-from_on'],
  },
})

declare module '@commonhall/kernel' {
  interface Tables {
    'market_recovery.scale': TableOf<typeof scale>
  }
}
