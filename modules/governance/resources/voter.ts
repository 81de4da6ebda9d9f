import { defineResource, field, type TableOf } from '@commonhall/kernel'

/**
 * The roll of an election: who may vote and why not, whether they had notice, and whether they have taken a ballot.
 * What was voted stands elsewhere, and nothing leads from here to there.
 */
export const voter = defineResource('governance.voter', {
  label: 'Voter',
  plural: 'Voters',
  title: '{name}',
  ownWriting: true,
  fields: {
    election: field.ref('governance.election', { required: true }),
    name: field.text({ required: true, max: 240, help: 'The member or the unit, as it was called then.' }),
    member: field.ref('members.member', { named: true }),
    unit: field.ref('housing.unit', { named: true }),
    eligible: field.yesNo({ required: true, default: true }),
    why_not: field.text({ max: 60, label: 'Why not', help: 'A code; the page says it in words.' }),
    notice: field.choice(['missing', 'sent', 'failed', 'proven'], {
      required: true,
      default: 'missing',
      tones: { missing: 'warn', sent: 'new', failed: 'bad', proven: 'good' },
    }),
    told_on: field.date({ label: 'Noticed on' }),
    taken: field.choice(['none', 'online', 'paper', 'challenged'], {
      required: true,
      default: 'none',
      label: 'Ballot',
      names: { none: 'Not taken' },
      tones: { none: 'idle', online: 'good', paper: 'good', challenged: 'warn' },
    }),
    challenge: field.text({ max: 500, label: 'Why it is challenged' }),
  },
  about: {
    member: {
      keep: ['election', 'name', 'unit', 'eligible', 'why_not', 'notice', 'told_on', 'taken', 'challenge'],
      because: 'The records of an election are kept, and who voted is one of them (29 CFR 452.106).',
    },
  },
  views: {
    list: ['name', 'eligible', 'notice', 'taken'],
    search: ['name'],
    filters: ['election', 'eligible', 'notice', 'taken', 'member'],
    sort: ['name'],
  },
})

declare module '@commonhall/kernel' {
  interface Tables {
    'governance.voter': TableOf<typeof voter>
  }
}
