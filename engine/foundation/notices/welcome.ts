import { defineNotice, field, say } from '@commonhall/kernel'

/** The first letter to somebody who has come in. */
export const welcome = defineNotice('foundation.welcome', {
  label: 'Welcome',
  fields: {
    email: field.text({ required: true, format: 'email' }),
    roles: field.text({ required: true }),
    invited_by: field.text({ required: true }),
  },
  mail: 'now',
  always: true,
  message: ({ email, roles, invited_by }, { org }) => ({
    title: say('engine:notices.welcome.title', { org }),
    paragraphs: [say('engine:notices.welcome.intro', { org })],
    facts: [
      { label: say('engine:notices.welcome.sign_in'), value: email },
      { label: say('engine:notices.welcome.roles'), value: roles },
      { label: say('engine:notices.welcome.invited_by'), value: invited_by },
    ],
    act: { label: say('engine:notices.welcome.act', { org }), path: '/' },
    notes: [say('engine:notices.welcome.safe'), say('engine:notices.welcome.help')],
  }),
  sample: { email: 'nora@example.org', roles: 'Staff, Instructor', invited_by: 'Ada Okafor' },
})
