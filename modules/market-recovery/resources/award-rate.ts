import { defineResource, field, type TableOf } from '@commonhall/kernel'

/** What an hour of a classification is subsidized on an awarded project. */
export const awardRate = defineResource('market-recovery.award-rate', {
  label: 'Award rate',
  plural: 'Award rates',
  icon: 'chart',
  traits: ['audited'],
  title: '{classification}, {rate}',
  uniqueTogether: [['project', 'classification']],
  fields: {
    project: field.ref('market-recovery.project', { required: true, immutable: true }),
    classification: field.text({ required: true, max: 100 }),
    rate: field.money({ required: true, decimals: 4, min: '0', label: 'Subsidy per hour' }),
  },
  views: {
    list: ['project', 'classification', 'rate'],
    filters: ['project', 'classification'],
    sort: ['classification'],
  },
})

declare module '@commonhall/kernel' {
  interface Tables {
    'market_recovery.award_rate': TableOf<typeof awardRate>
  }
}
