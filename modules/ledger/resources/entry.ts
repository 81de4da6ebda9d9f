import { defineResource, field, type TableOf } from '@commonhall/kernel'

/** Something that happened to the money, in lines that add up to zero. Never changed; a mistake is reversed. */
export const entry = defineResource('ledger.entry', {
  label: 'Journal entry',
  plural: 'Journal entries',
  traits: ['audited'],
  ownWriting: true,
  ownActs: ['reverse'],
  title: 'Entry {number}',
  fields: {
    number: field.count({ required: true, unique: true, min: 1, label: 'No.' }),
    posted_on: field.date({ required: true, label: 'Date' }),
    memo: field.text({ required: true, max: 500 }),
    source_resource: field.text({ label: 'Comes from' }),
    source_record: field.ref(undefined, { label: 'Record it comes from' }),
    reverses: field.ref('ledger.entry', { unique: true, label: 'Takes back' }),
    posted_by: field.ref('foundation.org_user', { named: true, label: 'Posted by' }),
    line_count: field.count({ required: true, label: 'Lines' }),
  },
  views: {
    list: ['number', 'posted_on', 'memo', 'reverses', 'posted_by'],
    filters: ['posted_on', 'number', 'source_record', 'reverses'],
    sort: ['-number'],
    sortable: ['posted_on'],
  },
})

declare module '@commonhall/kernel' {
  interface Tables {
    'ledger.entry': TableOf<typeof entry>
  }
}
