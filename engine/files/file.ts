import { defineResource, field, longestFileName } from '@commonhall/kernel'

/**
 * A file of a record, as its newest version is. Who may see and change it, the record's rules say; the trail of what
 * becomes of it is the record's. Deleting it archives it for a while.
 */
export const file = defineResource('foundation.file', {
  label: 'File',
  plural: 'Files',
  title: '{name}',
  traits: ['archivable'],
  ownWriting: true,
  fields: {
    name: field.text({ required: true, max: longestFileName }),
    caption: field.text({ max: 500 }),
    tags: field.tags({ required: true, default: [] }),
    resource: field.text({ required: true, computed: true, label: 'Kind of record' }),
    record: field.ref(),
    field: field.text({ computed: true }),
    state: field.choice(['checking', 'ready', 'held'], {
      required: true,
      computed: true,
      tones: { checking: 'warn', ready: 'good', held: 'bad' },
    }),
    reason: field.text({ computed: true, label: 'Because' }),
    detail: field.text({ computed: true }),
    media_type: field.text({ required: true, computed: true, label: 'Format', format: 'media-type' }),
    size: field.count({ required: true, computed: true, format: 'bytes' }),
    sha256: field.text({ required: true, computed: true, label: 'SHA-256' }),
    versions: field.count({ required: true, computed: true }),
    uploaded_by: field.ref('foundation.org_user', { computed: true, label: 'Uploader' }),
    uploaded_by_name: field.text({ required: true, computed: true, label: 'Uploaded by' }),
    uploaded_at: field.instant({ required: true, computed: true, label: 'Uploaded' }),
  },
  views: {
    list: ['name', 'caption', 'state', 'media_type', 'size', 'uploaded_by_name', 'uploaded_at'],
    search: ['name', 'caption'],
    filters: ['tags', 'state', 'media_type', 'resource', 'record', 'field', 'uploaded_by', 'uploaded_at'],
    sort: ['-uploaded_at'],
    sortable: ['name'],
  },
})
