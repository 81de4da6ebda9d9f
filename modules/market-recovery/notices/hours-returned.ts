import { defineNotice, field, say, spokenDate, spokenHours } from '@commonhall/kernel'

/** Hours came back: told to whoever submitted them, with the reason. */
export const hoursReturned = defineNotice('market-recovery.hours-returned', {
  label: 'Hours that came back',
  fields: {
    week: field.ref('market-recovery.hours', { required: true }),
    member: field.text({ required: true }),
    contractor: field.text({ required: true }),
    week_ending: field.date({ required: true }),
    hours: field.hours({ required: true }),
    reason: field.longText({ required: true }),
    returned_by: field.text({ required: true }),
  },
  mail: 'daily',
  message({ week, member, contractor, week_ending, hours, reason, returned_by }) {
    return {
      title: say('market-recovery:returned.title', { member, day: spokenDate(week_ending) }),
      paragraphs: [say('market-recovery:returned.intro', { by: returned_by })],
      facts: [
        { label: say('market-recovery:returned.reason'), value: reason },
        { label: say('market-recovery:returned.contractor'), value: contractor },
        { label: say('market-recovery:returned.hours'), value: spokenHours(hours) },
      ],
      act: { label: say('market-recovery:returned.act'), path: `/hours/${week}` },
    }
  },
  sample: {
    week: '01983c5e-7f00-7000-8000-000000000001',
    member: 'Reyes, Dana',
    contractor: 'Bayside Mechanical',
    week_ending: '2026-03-29',
    hours: '46.00',
    reason: 'The overtime does not match the payroll.',
    returned_by: 'Otis Brandt',
  },
})
