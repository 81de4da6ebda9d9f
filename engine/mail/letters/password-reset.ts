import { defineNotice, field, say } from '@commonhall/kernel'

/** The link for choosing a new password. */
export const passwordReset = defineNotice('foundation.password-reset', {
  label: 'Password reset',
  fields: {
    email: field.text({ required: true, format: 'email' }),
    token: field.text({ required: true }),
  },
  mail: 'now',
  always: true,
  message: ({ email, token }) => ({
    title: say('engine:mail.reset.subject'),
    paragraphs: [say('engine:mail.reset.intro', { email })],
    act: { label: say('engine:mail.reset.act'), path: `/reset-password/${token}` },
    notes: [say('engine:mail.reset.limit'), say('engine:mail.reset.ignore')],
  }),
  sample: { email: 'ray.delgado@example.org', token: 'a-link-that-works-once' },
})
