import { defineResource, field, type TableOf } from '@commonhall/kernel'

/** How somebody would have a proposal read instead. Taken over, it becomes the next version of the text. */
export const amendment = defineResource('governance.amendment', {
  label: 'Amendment',
  plural: 'Amendments',
  traits: ['audited'],
  title: '{summary}',
  fields: {
    proposal: field.ref('governance.proposal', { required: true, immutable: true }),
    summary: field.text({ required: true, max: 160, label: 'What it changes' }),
    text: field.longText({ required: true, max: 50_000, label: 'The text as it would stand' }),
    of_version: field.count({ computed: true, required: true, default: 1, label: 'Made to version' }),
    state: field.choice(['open', 'accepted', 'rejected', 'withdrawn'], {
      computed: true,
      required: true,
      default: 'open',
      tones: { open: 'new', accepted: 'good', rejected: 'bad', withdrawn: 'idle' },
    }),
    author: field.ref('members.member', { named: true, computed: true }),
    proposed_by: field.ref('foundation.org_user', { named: true, computed: true }),
    reason: field.longText({ computed: true, max: 1000 }),
  },
  about: {
    author: {
      keep: ['proposal', 'summary', 'text', 'of_version', 'state', 'proposed_by', 'reason'],
      because: 'It is part of how the organization came to its decision.',
    },
  },
  views: {
    list: ['summary', 'proposal', 'author', 'state'],
    filters: ['proposal', 'state', 'author'],
    sort: ['of_version'],
  },
})

declare module '@commonhall/kernel' {
  interface Tables {
    'governance.amendment': TableOf<typeof amendment>
  }
}
