import { defineResource, field, type TableOf } from '@commonhall/kernel'

/** A text that a proposal has had, and why it was changed. Written by the database alone. */
export const revision = defineResource('governance.revision', {
  label: 'Version of a proposal',
  plural: 'Versions of proposals',
  path: 'revisions',
  title: 'Version {number}',
  ownWriting: true,
  fields: {
    proposal: field.ref('governance.proposal', { required: true }),
    number: field.count({ required: true }),
    title: field.text({ required: true, max: 160 }),
    text: field.longText({ required: true, max: 50_000 }),
    amendment: field.ref('governance.amendment', { help: 'The amendment that made it, if one did.' }),
    changed_by: field.ref('foundation.org_user', { named: true }),
  },
  views: { list: ['proposal', 'number', 'title'], filters: ['proposal'], sort: ['-number'] },
})

declare module '@commonhall/kernel' {
  interface Tables {
    'governance.revision': TableOf<typeof revision>
  }
}
