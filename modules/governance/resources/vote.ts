import { defineResource, field, type TableOf } from '@commonhall/kernel'

/**
 * One voter of a roll call and what they said. There is a row for everybody in the electorate as it was when voting
 * opened, so nobody can vote twice.
 */
export const vote = defineResource('governance.vote', {
  label: 'Vote',
  plural: 'Votes',
  traits: ['audited'],
  title: '{name}',
  ownWriting: true,
  fields: {
    proposal: field.ref('governance.proposal', { required: true }),
    name: field.text({ required: true, max: 240, help: 'The member or the unit, as it was called then.' }),
    member: field.ref('members.member', { named: true }),
    unit: field.ref('housing.unit', { named: true }),
    weight: field.count({ required: true, default: 1, min: 1 }),
    eligible: field.yesNo({ required: true, default: true }),
    why_not: field.text({ max: 60, label: 'Why not', help: 'A code; the page says it in words.' }),
    present: field.yesNo({ required: true, default: false }),
    choice: field.choice(['yes', 'no', 'abstain'], { tones: { yes: 'good', no: 'bad', abstain: 'idle' } }),
    cast_at: field.instant({ label: 'Cast' }),
    cast_by: field.ref('members.member', { named: true }),
    by_proxy: field.yesNo({ required: true, default: false }),
  },
  about: {
    member: {
      keep: [
        'proposal',
        'name',
        'unit',
        'weight',
        'eligible',
        'why_not',
        'present',
        'choice',
        'cast_at',
        'cast_by',
        'by_proxy',
      ],
      because: 'A roll call is the record of who decided what.',
    },
    cast_by: {
      keep: [
        'proposal',
        'name',
        'member',
        'unit',
        'weight',
        'eligible',
        'why_not',
        'present',
        'choice',
        'cast_at',
        'by_proxy',
      ],
      because: 'A roll call is the record of who decided what.',
    },
  },
  views: {
    list: ['proposal', 'name', 'eligible', 'choice', 'cast_at'],
    filters: ['proposal', 'member', 'choice', 'eligible'],
    sort: ['name'],
  },
})

declare module '@commonhall/kernel' {
  interface Tables {
    'governance.vote': TableOf<typeof vote>
  }
}
