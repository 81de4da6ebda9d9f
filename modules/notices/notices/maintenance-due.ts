import { defineNotice, field, say, spokenDate, spokenDistance } from '@commonhall/kernel'

/** Work on a building or a machine is due. */
export const maintenanceDue = defineNotice('notices.maintenance-due', {
  label: 'Maintenance that is due',
  fields: {
    work: field.text({ required: true }),
    place: field.text({ required: true }),
    due_on: field.date({ required: true }),
    days_left: field.count({ required: true, min: -3650 }),
    last_done_on: field.date(),
    path: field.text({ required: true, help: 'Where it is, within the pages of the organization.' }),
  },
  mail: 'now',
  message({ work, place, due_on, days_left, last_done_on: last, path }) {
    const tense = days_left < 0 ? 'past' : 'ahead'
    return {
      title: say(`notices:maintenance.title_${tense}`, { work, place, when: spokenDistance(days_left) }),
      paragraphs: [say(`notices:maintenance.intro_${tense}`)],
      facts: [
        { label: say('notices:maintenance.work'), value: work },
        { label: say('notices:maintenance.place'), value: place },
        { label: say('notices:maintenance.due_on'), value: spokenDate(due_on) },
        ...(last ? [{ label: say('notices:maintenance.last_done_on'), value: spokenDate(last) }] : []),
      ],
      act: { label: say('notices:maintenance.act'), path },
    }
  },
  sample: {
    work: 'Boiler inspection',
    place: 'Building B, cellar',
    due_on: '2026-04-07',
    days_left: 7,
    last_done_on: '2025-04-09',
    path: '/units',
  },
})
