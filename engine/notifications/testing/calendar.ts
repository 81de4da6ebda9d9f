import { defineModule, defineNotice, defineReminder, field, is } from '@commonhall/kernel'
import { entry } from '../../testing/notebook/module.ts'

export const entryDue = defineNotice('calendar.entry-due', {
  label: 'Entries that are due',
  fields: { title: field.text({ required: true }), left: field.count({ required: true }) },
  mail: 'daily',
  message: ({ title, left }) => ({ title: `${title} is due in ${left} days`, paragraphs: [] }),
  sample: { title: 'The lease', left: 7 },
})

/** Drafts, a month, two weeks and a week before their day. */
export const beforeEntry = defineReminder('calendar.before-entry', {
  resource: entry,
  date: 'day',
  days: [30, 14, 7],
  when: [is('state', 'draft')],
  notice: entryDue,
  to: () => ({ role: 'staff' }),
  payload: ({ title }, left) => {
    if (title === 'Broken') throw new Error('Nobody knows what to say of this one.')
    return { title, left }
  },
})

/** On the day, and three days after it. */
export const afterEntry = defineReminder('calendar.after-entry', {
  resource: entry,
  date: 'day',
  days: [0, -3],
  when: [is('state', 'filed')],
  notice: entryDue,
  to: () => ({ role: 'staff' }),
  payload: ({ title }, left) => ({ title, left }),
})

export const calendar = defineModule({
  name: 'calendar',
  label: 'Calendar',
  purpose: 'Reminders, in tests.',
  icon: 'calendar',
  needs: ['notebook'],
  folder: import.meta.dirname,
  notices: [entryDue],
  reminders: [beforeEntry, afterEntry],
})
