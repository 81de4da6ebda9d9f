import { defineNotice, field, say, spokenCount } from '@commonhall/kernel'

/** A report that comes by itself. It goes out at its own hour: in a digest its file would have no place. */
export const reportByMail = defineNotice('foundation.report-by-mail', {
  label: 'Reports by mail',
  fields: {
    title: field.text({ required: true }),
    days: field.text(),
    rows: field.count({ required: true }),
    attached: field.yesNo({ required: true }),
    path: field.text({ required: true }),
    by: field.text(),
  },
  mail: 'now',
  message: ({ title, days, rows, attached, path, by }) => ({
    title: days ? say('reports:mail.title_days', { title, days }) : title,
    paragraphs: [say(rows === 0 ? 'reports:mail.nothing' : `reports:mail.${attached ? 'attached' : 'linked'}`)],
    facts: [{ label: say('reports:mail.rows'), value: spokenCount(rows) }],
    act: { label: say('reports:mail.open'), path },
    notes: by ? [say('reports:mail.set_up_by', { by })] : [],
  }),
  sample: {
    title: 'Weekly hours by contractor',
    days: 'March 9, 2026 – March 15, 2026',
    rows: 48,
    attached: true,
    path: '/reports/market-recovery.weekly-hours?period=last-week',
    by: 'Ada Okafor',
  },
})
