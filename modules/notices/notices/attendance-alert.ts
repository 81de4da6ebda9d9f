import { defineNotice, field, say, spokenDate } from '@commonhall/kernel'

/** An apprentice has missed class several days in a row. */
export const attendanceAlert = defineNotice('notices.attendance-alert', {
  label: 'Absences in a row',
  fields: {
    student: field.text({ required: true }),
    class: field.text({ required: true }),
    days_absent: field.count({ required: true }),
    last_seen_on: field.date({ help: 'Empty for whoever has not come once.' }),
    path: field.text({ required: true, help: 'Where it is, within the pages of the organization.' }),
  },
  mail: 'now',
  message({ student, class: course, days_absent: count, last_seen_on: seen, path }) {
    return {
      title: say('notices:attendance.title', { student, count }),
      paragraphs: [say('notices:attendance.intro')],
      facts: [
        { label: say('notices:attendance.student'), value: student },
        { label: say('notices:attendance.class'), value: course },
        { label: say('notices:attendance.days_absent'), value: `${count}` },
        {
          label: say('notices:attendance.last_seen'),
          value: seen ? spokenDate(seen) : say('notices:attendance.never'),
        },
      ],
      act: { label: say('notices:attendance.act'), path },
      notes: [say('notices:attendance.excused')],
    }
  },
  sample: {
    student: 'Jonah Okafor',
    class: 'Second year, blueprint reading',
    days_absent: 3,
    last_seen_on: '2026-03-26',
    path: '/members',
  },
})
