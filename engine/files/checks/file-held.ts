import { defineNotice, field, say } from '@commonhall/kernel'
import { becauseOf } from './because.ts'

/** A file that somebody attached is held: they alone can mend it. */
export const fileHeld = defineNotice('foundation.file-held', {
  label: 'Files of yours that are held',
  fields: {
    name: field.text({ required: true }),
    reason: field.text({ required: true, help: 'The code of why, such as encrypted.' }),
    detail: field.text(),
    path: field.text({ required: true }),
  },
  mail: 'now',
  message: ({ name, reason, detail, path }) => ({
    title: say('checks:held.title', { name }),
    paragraphs: [becauseOf({ state: 'held', reason, detail: detail ?? null }) ?? '', say('checks:held.kept')],
    act: { label: say('checks:held.act'), path },
  }),
  sample: { name: 'payslip-march.pdf', reason: 'encrypted', detail: null, path: '/members' },
})
