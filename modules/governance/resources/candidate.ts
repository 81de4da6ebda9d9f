import { defineResource, field, type TableOf } from '@commonhall/kernel'

/** Somebody who was nominated for an office, or an option of a question. */
export const candidate = defineResource('governance.candidate', {
  label: 'Candidate',
  plural: 'Candidates',
  traits: ['audited', 'attachable'],
  title: '{name}',
  fields: {
    contest: field.ref('governance.contest', { required: true, immutable: true }),
    election: field.ref('governance.election', { computed: true, required: true }),
    name: field.text({
      required: true,
      default: '',
      max: 160,
      help: "As it stands on the ballot. Left empty for a member, it is the member's name.",
    }),
    member: field.ref('members.member', { named: true }),
    statement: field.longText({ max: 5000 }),
    position: field.count({ computed: true, label: 'Place on the ballot' }),
    state: field.choice(['nominated', 'accepted', 'declined', 'withdrawn', 'removed'], {
      computed: true,
      required: true,
      default: 'nominated',
      tones: { nominated: 'new', accepted: 'good', declined: 'idle', withdrawn: 'idle', removed: 'bad' },
    }),
    nominated_by: field.ref('members.member', { named: true, computed: true }),
    answered_at: field.instant({ computed: true, label: 'Answered' }),
    reason: field.text({ computed: true, max: 500 }),
  },
  about: {
    member: {
      keep: ['contest', 'election', 'name', 'statement', 'position', 'state', 'nominated_by', 'answered_at', 'reason'],
      because: 'Who stood for an office is part of the record of the election.',
    },
    nominated_by: {
      keep: ['contest', 'election', 'name', 'member', 'statement', 'position', 'state', 'answered_at', 'reason'],
      because: 'Who stood for an office, and by whose word, is part of the record of the election.',
    },
  },
  uniqueTogether: [['contest', 'name']],
  views: {
    list: ['name', 'contest', 'state', 'nominated_by'],
    search: ['name'],
    filters: ['election', 'contest', 'state', 'member'],
    sort: ['contest', 'position', 'name'],
  },
})

declare module '@commonhall/kernel' {
  interface Tables {
    'governance.candidate': TableOf<typeof candidate>
  }
}
