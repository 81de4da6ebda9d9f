import { defineResource, field, type TableOf } from '@commonhall/kernel'

/**
 * A ballot on paper, by the number that stands on it and not by who marked it. Two people enter it, neither seeing what
 * the other entered; it counts once both agree. A challenged one is kept in an envelope, whose number this is then.
 */
export const paperBallot = defineResource('governance.paper-ballot', {
  label: 'Paper ballot',
  plural: 'Paper ballots',
  traits: ['audited'],
  title: '{number}',
  ownWriting: true,
  ownActs: ['settle', 'accept', 'reject', 'take-back'],
  fields: {
    election: field.ref('governance.election', { required: true }),
    number: field.text({ required: true, max: 40, help: 'Written on papers after they were taken out and mixed.' }),
    state: field.choice(['entered', 'differs', 'agreed', 'void', 'spoiled', 'challenged', 'accepted', 'rejected'], {
      required: true,
      default: 'entered',
      names: {
        entered: 'Entered once',
        differs: 'The two entries differ',
        spoiled: 'Spoiled, given back',
        challenged: 'Challenged, in its envelope',
        accepted: 'Taken out of its envelope',
        rejected: 'Rejected, in its envelope',
      },
      tones: {
        entered: 'new',
        differs: 'bad',
        agreed: 'good',
        void: 'idle',
        spoiled: 'idle',
        challenged: 'warn',
        accepted: 'good',
        rejected: 'idle',
      },
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
