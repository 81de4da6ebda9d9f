import { defineNotice, field, say, spokenInstant } from '@commonhall/kernel'

/** The notice of an election that each voter must have had. Nobody can switch it off: its delivery is the proof. */
export const electionNotice = defineNotice('governance.election-notice', {
  label: 'Notices of elections',
  fields: {
    election: field.ref('governance.election', { required: true }),
    name: field.text({ required: true }),
    contests: field.text({ required: true }),
    opens_at: field.instant({ required: true }),
    closes_at: field.instant({ required: true }),
  },
  mail: 'now',
  always: true,
  message: ({ election, name, contests, opens_at, closes_at }, { org, timeZone }) => ({
    title: say('governance:letter.title', { election: name }),
    paragraphs: [say('governance:letter.intro', { org })],
    facts: [
      { label: say('governance:letter.office'), value: contests },
      { label: say('governance:letter.opens'), value: spokenInstant(opens_at, timeZone) },
      { label: say('governance:letter.closes'), value: spokenInstant(closes_at, timeZone) },
    ],
    act: { label: say('governance:letter.act'), path: `/elections/${election}` },
    notes: [say('governance:letter.address')],
  }),
  sample: {
    election: '01983c5e-7f00-7000-8000-000000000001',
    name: 'Election of officers 2026',
    contests: 'President, Treasurer',
    opens_at: '2026-04-10T12:00:00.000Z',
    closes_at: '2026-04-12T22:00:00.000Z',
  },
})
