import { defineNotice, field, say } from '@commonhall/kernel'

const fields = {
  role: field.text({ required: true }),
  by: field.text({ required: true }),
}
const sample = { role: 'Treasurer', by: 'Ada Okafor' }

/** Somebody has got a role: they always learn of it, since power that nobody knows of is no safer for it. */
export const roleGiven = defineNotice('foundation.role-given', {
  label: 'Roles that you get',
  fields,
  mail: 'now',
  always: true,
  message: ({ role, by }, { org }) => ({
    title: say('engine:notices.role.given_title', { role, org }),
    paragraphs: [say('engine:notices.role.given_intro', { by })],
    facts: [
      { label: say('engine:notices.role.role'), value: role },
      { label: say('engine:notices.role.given_by'), value: by },
    ],
    act: { label: say('engine:notices.role.act', { org }), path: '/' },
    notes: [say('engine:notices.role.mistake', { by, org })],
  }),
  sample,
})

/** Somebody has lost a role. */
export const roleTaken = defineNotice('foundation.role-taken', {
  label: 'Roles that are taken from you',
  fields,
  mail: 'now',
  always: true,
  message: ({ role, by }, { org }) => ({
    title: say('engine:notices.role.taken_title', { role, org }),
    paragraphs: [say('engine:notices.role.taken_intro', { by })],
    facts: [
      { label: say('engine:notices.role.role'), value: role },
      { label: say('engine:notices.role.taken_by'), value: by },
    ],
    notes: [say('engine:notices.role.mistake', { by, org })],
  }),
  sample,
})
