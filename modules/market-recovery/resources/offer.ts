import { defineResource, field, type TableOf } from '@commonhall/kernel'

/** That a contractor was told of an award, when, by whom, and on which terms: never changed, so that it proves it. */
export const offer = defineResource('market-recovery.offer', {
  label: 'Offer',
  plural: 'Offers',
  traits: ['audited'],
  title: '{terms}',
  ownWriting: true,
  fields: {
    project: field.ref('market-recovery.project', { named: true, required: true }),
    contractor: field.ref('market-recovery.contractor', { named: true, required: true }),
    told_at: field.instant({ required: true, label: 'Told' }),
    told_by: field.ref('foundation.org_user', { label: 'Told by' }),
    how: field.text({ max: 200, help: 'Such as a letter or a call. Empty where the house told their sign-ins.' }),
    people: field.count({ required: true, label: 'Sign-ins told' }),
    terms: field.longText({ required: true, help: 'What was offered, in words, as it was then.' }),
  },
  views: {
    list: ['told_at', 'project', 'contractor', 'people', 'how', 'terms'],
    filters: ['project', 'contractor', 'told_at'],
    sort: ['-told_at'],
  },
})

declare module '@commonhall/kernel' {
  interface Tables {
    'market_recovery.offer': TableOf<typeof offer>
  }
}
