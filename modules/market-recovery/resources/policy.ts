import { defineResource, field, type TableOf } from '@commonhall/kernel'

/** How an org counts hours, and from when on it wants to be warned. At most one record; without it, these defaults. */
export const policy = defineResource('market-recovery.policy', {
  label: 'Market recovery setting',
  plural: 'Market recovery settings',
  icon: 'gear',
  traits: ['audited'],
  title: '{name}',
  naturalKey: 'name',
  fields: {
    name: field.choice(['Settings'], { required: true, unique: true, default: 'Settings', immutable: true }),
    hour_step: field.choice(['0.25', '0.10', '0.01'], {
      required: true,
      default: '0.25',
      label: 'Hours are counted in',
      names: { '0.25': 'Quarters of an hour', '0.10': 'Tenths of an hour', '0.01': 'Hundredths of an hour' },
    }),
    warn_at: field.percent({ required: true, default: '80', min: '1', max: '100', label: 'Warn at' }),
  },
  views: { list: ['hour_step', 'warn_at'] },
})

declare module '@commonhall/kernel' {
  interface Tables {
    'market_recovery.policy': TableOf<typeof policy>
  }
}
