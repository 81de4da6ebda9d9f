import { defineNotice, field, say, spokenDate, spokenDistance } from '@commonhall/kernel'

/** A task that somebody took on is due. */
export const taskDue = defineNotice('notices.task-due', {
  label: 'Tasks that are due',
  fields: {
    task: field.text({ required: true }),
    due_on: field.date({ required: true }),
    days_left: field.count({ required: true, min: -3650 }),
    given_by: field.text(),
    path: field.text({ required: true, help: 'Where it is, within the pages of the organization.' }),
  },
  mail: 'now',
  message({ task, due_on, days_left, given_by, path }) {
    const tense = days_left < 0 ? 'past' : 'ahead'
    return {
      title: say(`notices:task.title_${tense}`, { task, when: spokenDistance(days_left) }),
      paragraphs: [say(`notices:task.intro_${tense}`)],
      facts: [
        { label: say('notices:task.task'), value: task },
        { label: say('notices:task.due_on'), value: spokenDate(due_on) },
        ...(given_by ? [{ label: say('notices:task.given_by'), value: given_by }] : []),
      ],
      act: { label: say('notices:task.act'), path },
    }
  },
  sample: {
    task: 'Book the hall for the April meeting',
    due_on: '2026-04-01',
    days_left: 1,
    given_by: 'Ada Okafor',
    path: '/members',
  },
})
