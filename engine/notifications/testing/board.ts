import { defineModule, defineNotice, field } from '@commonhall/kernel'

/** News about a member, with a fact that not everybody may read. */
export const cardExpires = defineNotice('board.card-expires', {
  label: 'Cards that expire',
  fields: {
    name: field.text({ required: true }),
    days: field.count(),
    born: field.date({ from: 'members.member.birth_on' }),
  },
  mail: 'daily',
  message: ({ name, days, born }, { name: reader }) => ({
    title: `The card of ${name} expires`,
    paragraphs: [`${reader}, it has ${days} days left.`],
    facts: born ? [{ label: 'Born', value: born }] : [],
  }),
  sample: { name: 'Ann Ortiz', days: 7, born: null },
})

/** Mailed at once. */
export const meeting = defineNotice('board.meeting', {
  label: 'Meetings',
  fields: { place: field.text({ required: true }) },
  mail: 'now',
  message: ({ place }) => ({
    title: `We meet in ${place}`,
    paragraphs: ['Come at seven.'],
    act: { label: 'See the members', path: '/members' },
  }),
  sample: { place: 'the hall' },
})

/** Nobody can switch it off. */
export const safety = defineNotice('board.safety', {
  label: 'Safety',
  fields: {},
  mail: 'now',
  always: true,
  message: () => ({ title: 'Leave the building', paragraphs: ['Now.'] }),
  sample: {},
})

/** Only for those who see the audit trail. */
export const audit = defineNotice('board.audit', {
  label: 'Audits',
  fields: {},
  mail: 'weekly',
  audience: 'foundation.audit_line.read',
  message: () => ({ title: 'The books were audited', paragraphs: [] }),
  sample: {},
})

export const board = defineModule({
  name: 'board',
  label: 'Board',
  purpose: 'What people are told, in tests.',
  icon: 'bell',
  folder: import.meta.dirname,
  notices: [cardExpires, meeting, safety, audit],
})
