import { defineResource, field, type TableOf } from '@commonhall/kernel'

/** Who watches an election for a candidate, or for all. */
export const observer = defineResource('governance.observer', {
  label: 'Observer',
  plural: 'Observers',
  traits: ['audited'],
  title: 'Observer',
  fields: {
    election: field.ref('governance.election', { required: true, immutable: true }),
    member: field.ref('members.member', { required: true, named: true, immutable: true }),
    candidate: field.ref('governance.candidate', { named: true, immutable: true, label: 'For' }),
    note: field.text({ max: 200 }),
  },
  about: {
    member: {
      keep: ['election', 'candidate', 'note'],
      because: 'Who watched is part of the record of the election.',
    },
  },
  uniqueTogether: [['election', 'member']],
  views: { list: ['member', 'election', 'candidate'], filters: ['election', 'member'], sort: ['election'] },
})

declare module '@commonhall/kernel' {
  interface Tables {
    'governance.observer': TableOf<typeof observer>
  }
}
