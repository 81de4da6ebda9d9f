import { defineNotice, field, say, spokenDate, spokenDistance } from '@commonhall/kernel'

/** Somebody is about to move out. */
export const occupancyEnding = defineNotice('housing.occupancy-ending', {
  label: 'Residents who are about to move out',
  fields: {
    occupancy: field.ref('housing.occupancy', { required: true }),
    unit: field.text({ required: true }),
    resident: field.text({ required: true }),
    until_on: field.date({ required: true }),
    days_left: field.count({ required: true }),
  },
  mail: 'daily',
  message({ occupancy, unit, resident, until_on, days_left }) {
    return {
      title: say('housing:occupancy_ending.title', { resident, unit, when: spokenDistance(days_left) }),
      paragraphs: [say('housing:occupancy_ending.intro')],
      facts: [
        { label: say('housing:occupancy_ending.unit'), value: unit },
        { label: say('housing:occupancy_ending.resident'), value: resident },
        { label: say('housing:occupancy_ending.until_on'), value: spokenDate(until_on) },
      ],
      act: { label: say('housing:occupancy_ending.act'), path: `/occupancies/${occupancy}` },
      notes: [say('housing:occupancy_ending.staying')],
    }
  },
  sample: {
    occupancy: '01983c5e-7f00-7000-8000-000000000002',
    unit: '4B',
    resident: 'Elena Ortiz',
    until_on: '2026-04-30',
    days_left: 30,
  },
})
