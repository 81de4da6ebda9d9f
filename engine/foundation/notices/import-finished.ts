import { defineNotice, field, say, spokenCount } from '@commonhall/kernel'

/** A file has been brought in, or the import has stopped. */
export const importFinished = defineNotice('foundation.import-finished', {
  label: 'Imports that are finished',
  fields: {
    file: field.text({ required: true }),
    into: field.text({ required: true, help: 'What the rows became, such as Members.' }),
    rows: field.count({ required: true }),
    imported: field.count({ required: true }),
    refused: field.count({ required: true }),
    failed: field.yesNo({ required: true }),
    path: field.text({ required: true }),
  },
  // Whoever started it mostly looks on: the inbox is enough, unless they want mail.
  mail: 'off',
  message({ file, into, rows, imported, refused, failed, path }) {
    const intro = failed ? 'failed_intro' : refused ? 'done_intro_refused' : 'done_intro'
    return {
      title: say(`engine:notices.import.${failed ? 'failed' : 'done'}_title`, {
        file,
        imported: spokenCount(imported),
        rows: spokenCount(rows),
      }),
      paragraphs: [say(`engine:notices.import.${intro}`)],
      facts: [
        { label: say('engine:notices.import.into'), value: into },
        { label: say('engine:notices.import.imported'), value: spokenCount(imported) },
        { label: say('engine:notices.import.refused'), value: spokenCount(refused) },
      ],
      act: { label: say('engine:notices.import.act'), path },
    }
  },
  sample: {
    file: 'roll-2026.xlsx',
    into: 'Members',
    rows: 1240,
    imported: 1236,
    refused: 4,
    failed: false,
    path: '/imports',
  },
})
