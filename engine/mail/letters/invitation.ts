import { defineNotice, field, say } from '@commonhall/kernel'

/** Invites somebody into an organization. */
export const invitationLetter = defineNotice('foundation.invitation', {
  label: 'Invitation',
  fields: {
    email: field.text({ required: true, format: 'email' }),
    roles: field.text({ required: true }),
    invited_by: field.text({ required: true }),
    token: field.text({ required: true }),
  },
  mail: 'now',
  always: true,
  message: ({ email, roles, invited_by, token }, { org }) => ({
    title: say('engine:invitation.mail.subject', { org }),
    paragraphs: [say('engine:invitation.mail.intro', { by: invited_by, org })],
    facts: [
      { label: say('engine:invitation.mail.roles'), value: roles },
      { label: say('engine:invitation.mail.sign_in'), value: email },
    ],
    act: { label: say('engine:invitation.mail.act'), path: `/invitation/${token}` },
    notes: [say('engine:invitation.mail.limit', { email }), say('engine:invitation.mail.ignore', { org })],
  }),
  sample: { email: 'nora@example.org', roles: 'Staff, Instructor', invited_by: 'Ada Okafor', token: 'a-link' },
})
