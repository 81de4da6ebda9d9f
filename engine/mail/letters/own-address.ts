import { defineNotice, field, say } from '@commonhall/kernel'

const email = field.text({ required: true, format: 'email' })

/** The link that confirms an address. */
export const emailLink = defineNotice('foundation.email-link', {
  label: 'Confirm an address',
  fields: {
    email,
    token: field.text({ required: true }),
    is_new: field.yesNo({ required: true, help: 'Whether it is to take the place of another one.' }),
  },
  mail: 'now',
  always: true,
  message: ({ email: address, token, is_new }) => ({
    title: say('engine:account.mail.link.subject'),
    paragraphs: [say(`engine:account.mail.link.${is_new ? 'intro_new' : 'intro'}`, { email: address })],
    act: { label: say('engine:account.mail.link.act'), path: `/confirm-email/${token}` },
    notes: [say('engine:account.mail.link.limit'), say(`engine:account.mail.link.${is_new ? 'ignore_new' : 'ignore'}`)],
  }),
  sample: { email: 'ray.delgado@example.org', token: 'a-link-that-works-once', is_new: true },
})

/** To the owner of an address that somebody else wanted for theirs. Neither's name is told to the other. */
export const emailTaken = defineNotice('foundation.email-taken', {
  label: 'An address that has a sign-in already',
  fields: { email },
  mail: 'now',
  always: true,
  message: ({ email: address }) => ({
    title: say('engine:account.mail.taken.subject'),
    paragraphs: [say('engine:account.mail.taken.intro', { email: address })],
    act: { label: say('engine:account.mail.taken.act'), path: '/login' },
    notes: [say('engine:account.mail.taken.ignore')],
  }),
  sample: { email: 'ray.delgado@example.org' },
})

/** To the address that is about to be left. */
export const emailNote = defineNotice('foundation.email-note', {
  label: 'An address that is about to be left',
  fields: { present: email, email },
  mail: 'now',
  always: true,
  message: ({ present, email: address }) => ({
    title: say('engine:account.mail.note.subject'),
    paragraphs: [
      say('engine:account.mail.note.intro', { present, email: address }),
      say('engine:account.mail.note.known'),
      say('engine:account.mail.note.unknown'),
    ],
    act: { label: say('engine:account.mail.note.act'), path: '/forgot-password' },
    notes: [say('engine:account.mail.note.late')],
  }),
  sample: { present: 'ray.delgado@example.org', email: 'ray@delgado.example' },
})
