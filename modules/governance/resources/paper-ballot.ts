import { defineResource, field, type TableOf } from '@commonhall/kernel'

/**
 * A ballot on paper, by the number that stands on it and not by who marked it. Two people enter it, neither seeing what
 * the other entered; it counts once both agree.
 */
export const paperBallot = defineResource('governance.paper-ballot', {
  label: 'Paper ballot',
  plural: 'Paper ballots',
  traits: ['audited'],
  title: '{number}',
  ownWriting: true,
  fields: {
    election: field.ref('governance.election', { required: true }),
    number: field.text({ required: true, max: 40, help: 'As it is printed on the paper.' }),
    state: field.choice(['entered', 'differs', 'agreed', 'void', 'challenged', 'rejected'], {
      required: true,
      default: 'entered',
      names: { entered: 'Entered once', differs: 'The two entries differ' },
      tones: { entered: 'new', differs: 'bad', agreed: 'good', void: 'idle', challenged: 'warn', rejected: 'idle' },
    }),
    first_by: field.ref('foundation.org_user', { named: true }),
    second_by: field.ref('foundation.org_user', { named: true }),
    reason: field.text({ max: 500 }),
  },
  uniqueTogether: [['election', 'number']],
  views: {
    list: ['number', 'election', 'state', 'first_by', 'second_by'],
    search: ['number'],
    filters: ['election', 'state'],
    sort: ['election', 'number'],
  },
})

declare module '@commonhall/kernel' {
  interface Tables {
    'governance.paper_ballot': TableOf<typeof paperBallot>
  }
}
