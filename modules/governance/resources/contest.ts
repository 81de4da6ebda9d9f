import { defineResource, field, type TableOf } from '@commonhall/kernel'

/** One question on a ballot: an office with its seats, or a choice among options. */
export const contest = defineResource('governance.contest', {
  label: 'Contest',
  plural: 'Contests',
  traits: ['audited'],
  title: '{name}',
  fields: {
    election: field.ref('governance.election', { required: true, immutable: true }),
    name: field.text({ required: true, max: 160, help: 'The office or the question, such as President.' }),
    about: field.longText({ max: 5000 }),
    position: field.count({ required: true, default: 1, min: 1, max: 200 }),
    method: field.choice(['yes-no', 'plurality', 'approval', 'score', 'irv', 'stv', 'cumulative'], {
      required: true,
      default: 'plurality',
      names: {
        'yes-no': 'Yes, no or abstain',
        plurality: 'Most votes',
        approval: 'Approval',
        score: 'Points',
        irv: 'Ranked, one seat',
        stv: 'Ranked, several seats',
        cumulative: 'Votes to share out',
      },
    }),
    seats: field.count({ required: true, default: 1, min: 1, max: 100 }),
    choices: field.count({ min: 1, max: 200, label: 'Choices', help: 'How many a voter may mark. Empty: the seats.' }),
    counting_options: field.json({ label: 'Rules of counting' }),
    counting: field.json({ computed: true, label: 'How it is counted' }),
    result: field.json({ computed: true }),
  },
  uniqueTogether: [['election', 'name']],
  views: { list: ['name', 'election', 'method', 'seats'], filters: ['election'], sort: ['election', 'position'] },
})

declare module '@commonhall/kernel' {
  interface Tables {
    'governance.contest': TableOf<typeof contest>
  }
}
