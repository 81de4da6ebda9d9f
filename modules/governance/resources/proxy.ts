import { defineResource, field, type TableOf } from '@commonhall/kernel'

/** A member's written word that another votes for them, on one proposal or in one election. */
export const proxy = defineResource('governance.proxy', {
  label: 'Proxy',
  plural: 'Proxies',
  traits: ['audited', 'attachable'],
  title: 'Written on {written_on}',
  fields: {
    giver: field.ref('members.member', { required: true, named: true, immutable: true, label: 'From' }),
    holder: field.ref('members.member', { required: true, named: true, immutable: true, label: 'To' }),
    proposal: field.ref('governance.proposal', { immutable: true }),
    election: field.ref('governance.election', { immutable: true }),
    written_on: field.date({ required: true, label: 'Written on', help: 'Attach the signed paper as a file.' }),
    state: field.choice(['given', 'revoked', 'ended'], {
      computed: true,
      required: true,
      default: 'given',
      names: { ended: 'Ended by attendance' },
      tones: { given: 'good', revoked: 'idle', ended: 'idle' },
    }),
    ended_at: field.instant({ computed: true, label: 'Ended' }),
  },
  about: {
    giver: {
      keep: ['holder', 'proposal', 'election', 'written_on', 'state', 'ended_at'],
      because: 'It is part of the record of a vote.',
    },
    holder: {
      keep: ['giver', 'proposal', 'election', 'written_on', 'state', 'ended_at'],
      because: 'It is part of the record of a vote.',
    },
  },
  views: {
    list: ['giver', 'holder', 'proposal', 'election', 'written_on', 'state'],
    filters: ['proposal', 'election', 'holder', 'giver', 'state'],
    sort: ['-written_on'],
  },
})

declare module '@commonhall/kernel' {
  interface Tables {
    'governance.proxy': TableOf<typeof proxy>
  }
}
