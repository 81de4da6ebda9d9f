import { defineNotice, field, say } from '@commonhall/kernel'

/** The head of an audit trail, for a witness to keep. */
export const auditHead = defineNotice('foundation.audit-head', {
  label: 'Proof of the audit trail',
  fields: {
    head: field.text({ required: true, help: 'Its number and hash, with a colon between them.' }),
    entries: field.count({ required: true }),
    day: field.date({ required: true }),
  },
  mail: 'now',
  always: true,
  message: ({ head, entries, day }, { org }) => ({
    title: say('engine:chain.mail.subject', { org, day }),
    paragraphs: [say('engine:chain.mail.intro', { org, entries }), head, say('engine:chain.mail.keep')],
    notes: [say('engine:chain.mail.check', { head })],
  }),
  sample: { head: `1204:${'5f3a9c07'.repeat(8)}`, entries: 48_211, day: '2026-03-31' },
})
