import { defineNotice, field, say } from '@commonhall/kernel'

/** Voting was to open and could not: whoever may open it is told what is missing. */
export const heldUp = defineNotice('governance.election-held-up', {
  label: 'Elections that could not open',
  fields: {
    election: field.ref('governance.election', { required: true }),
    name: field.text({ required: true }),
    opens: field.text({ required: true }),
    missing: field.longText({ required: true }),
  },
  mail: 'now',
  // An election that does not open in time cannot wait for a summary.
  always: true,
  message: ({ election, name, opens, missing }) => ({
    title: say('governance:held_up.title', { election: name }),
    paragraphs: [say('governance:held_up.intro', { opens }), ...missing.split('\n')],
    act: { label: say('governance:held_up.act'), path: `/elections/${election}` },
  }),
  sample: {
    election: '01983c5e-7f00-7000-8000-000000000001',
    name: 'Election of officers 2026',
    opens: 'April 10, 2026 at 8:00 AM EDT',
    missing: '3 voters had no proven notice 15 days before. The first are Adams, Ann; Brown, Ben; Clark, Cy.',
  },
})
