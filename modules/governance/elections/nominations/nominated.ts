import { defineNotice, field, say, spokenInstant } from '@commonhall/kernel'

/** Somebody was nominated, and says whether they stand. */
export const nominated = defineNotice('governance.nominated', {
  label: 'Nominations of yourself',
  fields: {
    candidate: field.ref('governance.candidate', { required: true }),
    election: field.ref('governance.election', { required: true }),
    name: field.text({ required: true }),
    contest: field.text({ required: true }),
    by: field.text({ required: true }),
    until: field.instant(),
  },
  mail: 'now',
  // Who is not told in time cannot stand.
  always: true,
  message: ({ election, name, contest, by, until }, { timeZone }) => ({
    title: say('governance:nominated.title', { contest }),
    paragraphs: [say('governance:nominated.intro', { by, election: name })],
    ...(until ? { facts: [{ label: say('governance:nominated.until'), value: spokenInstant(until, timeZone) }] } : {}),
    act: { label: say('governance:nominated.act'), path: `/elections/${election}` },
  }),
  sample: {
    candidate: '01983c5e-7f00-7000-8000-000000000001',
    election: '01983c5e-7f00-7000-8000-000000000002',
    name: 'Election of officers 2026',
    contest: 'President',
    by: 'Ann Adams',
    until: '2026-03-10T22:00:00.000Z',
  },
})
