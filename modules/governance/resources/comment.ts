import { defineResource, field, type TableOf } from '@commonhall/kernel'

/** What somebody says of a proposal; an answer names what it answers. */
export const comment = defineResource('governance.comment', {
  label: 'Comment',
  plural: 'Comments',
  traits: ['audited'],
  title: '{text}',
  fields: {
    proposal: field.ref('governance.proposal', { required: true, immutable: true }),
    answers: field.ref('governance.comment', { immutable: true, label: 'In answer to' }),
    text: field.longText({ required: true, max: 5000 }),
    author: field.ref('members.member', { named: true, computed: true }),
    written_by: field.ref('foundation.org_user', { named: true, computed: true }),
    edited_at: field.instant({ computed: true, label: 'Edited' }),
    hidden: field.yesNo({ computed: true, required: true, default: false }),
    hidden_at: field.instant({ computed: true, label: 'Hidden' }),
    reason: field.text({ computed: true, max: 500, label: 'Why it is hidden' }),
  },
  about: {
    author: {
      replace: { text: 'Erased' },
      keep: ['proposal', 'answers', 'written_by', 'edited_at', 'hidden', 'hidden_at', 'reason'],
      because: 'The answers of others would hang in the air.',
    },
  },
  views: { list: ['proposal', 'text', 'author'], filters: ['proposal', 'author'], sort: ['proposal'] },
})

declare module '@commonhall/kernel' {
  interface Tables {
    'governance.comment': TableOf<typeof comment>
  }
}
