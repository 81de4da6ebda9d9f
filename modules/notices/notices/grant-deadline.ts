import { defineNotice, field, say, spokenDate, spokenDistance } from '@commonhall/kernel'

/** A report that a grant asks for is due. */
export const grantDeadline = defineNotice('notices.grant-deadline', {
  label: 'Grant reports that are due',
  fields: {
    grant: field.text({ required: true }),
    report: field.text({ required: true }),
    funder: field.text({ required: true }),
    due_on: field.date({ required: true }),
    days_left: field.count({ required: true, min: -3650 }),
    path: field.text({ required: true, help: 'Where it is, within the pages of the organization.' }),
  },
  mail: 'now',
  message({ grant, report, funder, due_on, days_left, path }) {
    const tense = days_left < 0 ? 'past' : 'ahead'
    return {
      title: say(`notices:grant.title_${tense}`, { report, grant, when: spokenDistance(days_left) }),
      paragraphs: [say(`notices:grant.intro_${tense}`, { funder })],
      facts: [
        { label: say('notices:grant.grant'), value: grant },
        { label: say('notices:grant.report'), value: report },
        { label: say('notices:grant.funder'), value: funder },
        { label: say('notices:grant.due_on'), value: spokenDate(due_on) },
      ],
      act: { label: say('notices:grant.act'), path },
    }
  },
  sample: {
    grant: 'Apprenticeship expansion 2025–27',
    report: 'Quarterly progress report',
    funder: 'State Department of Labor',
    due_on: '2026-04-07',
    days_left: 7,
    path: '/members',
  },
})
