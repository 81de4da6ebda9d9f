import { defineNotice, field, say, spokenDate, spokenHours } from '@commonhall/kernel'

/** Hours that somebody reported wait for the reader to approve them. */
export const hoursAwaitingApproval = defineNotice('notices.hours-awaiting-approval', {
  label: 'Hours that wait for approval',
  fields: {
    submitted_by: field.text({ required: true }),
    contractor: field.text({ required: true }),
    week_ending: field.date({ required: true }),
    hours: field.hours({ required: true }),
    path: field.text({ required: true, help: 'Where it is, within the pages of the organization.' }),
  },
  mail: 'daily',
  message({ submitted_by, contractor, week_ending, hours, path }) {
    return {
      title: say('notices:hours.title', { contractor, day: spokenDate(week_ending) }),
      paragraphs: [say('notices:hours.intro', { by: submitted_by })],
      facts: [
        { label: say('notices:hours.contractor'), value: contractor },
        { label: say('notices:hours.week_ending'), value: spokenDate(week_ending) },
        { label: say('notices:hours.hours'), value: spokenHours(hours) },
        { label: say('notices:hours.submitted_by'), value: submitted_by },
      ],
      act: { label: say('notices:hours.act'), path },
      notes: [say('notices:hours.another')],
    }
  },
  sample: {
    submitted_by: 'Sam Whitaker',
    contractor: 'Bayside Mechanical',
    week_ending: '2026-03-29',
    hours: '182.50',
    path: '/members',
  },
})
