import { defineResource, defineWorkflow, field } from '@commonhall/kernel'

/** Why an address gets no more mail. */
export const suppressionReasons = ['bounced', 'complained', 'unsubscribed'] as const

/** What went out in the org's name, to whom, and what became of it. Never what it said. */
export const mailMessage = defineResource('foundation.mail_message', {
  label: 'Mail',
  plural: 'Outgoing mails',
  path: 'mails',
  title: '{email}',
  ownWriting: true,
  fields: {
    kind: field.text({ required: true, max: 100 }),
    state: field.choice(['queued', 'sent', 'bounced', 'complained', 'suppressed', 'failed'], {
      required: true,
      default: 'queued',
      label: 'Outcome',
      tones: { queued: 'warn', sent: 'good', bounced: 'bad', complained: 'bad', suppressed: 'idle', failed: 'bad' },
    }),
    name: field.text({ max: 200, label: 'To' }),
    email: field.text({ required: true, max: 254, label: 'E-mail' }),
    person: field.ref('foundation.org_user'),
    attempts: field.count({ required: true, default: 0, label: 'Tries' }),
    answer: field.text({ max: 100, label: 'Answer', help: 'What the mail server said last, as its code.' }),
    at: field.instant({ required: true, label: 'When' }),
  },
  views: {
    list: ['email', 'name', 'kind', 'state', 'at'],
    filters: ['state', 'kind', 'email', 'at'],
    sort: ['-at'],
  },
})

/** Addresses that the org mails no more, until somebody says that it may. */
export const mailSuppression = defineResource('foundation.mail_suppression', {
  label: 'Suppressed address',
  plural: 'Suppressed addresses',
  title: '{email}',
  traits: ['audited'],
  ownWriting: true,
  fields: {
    email: field.text({ required: true, max: 254, label: 'E-mail', unique: true }),
    name: field.text({ max: 200 }),
    person: field.ref('foundation.org_user'),
    reason: field.choice(suppressionReasons, {
      required: true,
      tones: { bounced: 'bad', complained: 'bad', unsubscribed: 'idle' },
    }),
    state: field.choice(['suppressed', 'lifted'], {
      required: true,
      default: 'suppressed',
      tones: { suppressed: 'warn', lifted: 'good' },
    }),
    answer: field.text({ max: 100, label: 'Answer', help: 'What the mail server said, as its code.' }),
    suppressed_at: field.instant({ required: true, label: 'Since' }),
  },
  views: {
    list: ['email', 'name', 'reason', 'state', 'suppressed_at'],
    filters: ['state', 'reason', 'email'],
    sort: ['-suppressed_at'],
  },
})

/** Whoever knows that an address works again, or that its reader wants mail after all, says so. */
export const mailAgain = defineWorkflow(mailSuppression, {
  'mail-again': {
    label: 'Mail again',
    from: ['suppressed'],
    to: 'lifted',
    rule: 'foundation.mail_suppression.lift',
    tone: 'primary',
  },
})
