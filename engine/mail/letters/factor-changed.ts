import { defineNotice, field, say, spokenInstant } from '@commonhall/kernel'

/** What people are told of by mail, since somebody else could have done it. */
export const factorChanges = [
  'passkey-added',
  'passkey-removed',
  'totp-added',
  'totp-removed',
  'recovery-code-used',
  'recovery-codes-made',
  'factors-forgotten',
] as const

export type FactorChange = (typeof factorChanges)[number]

/** What has happened to a person's second factors. */
export const factorChanged = defineNotice('foundation.factor-changed', {
  label: 'A change of second factors',
  fields: {
    email: field.text({ required: true, format: 'email' }),
    what: field.choice(factorChanges, { required: true }),
    at: field.instant({ required: true }),
  },
  mail: 'now',
  always: true,
  message: ({ email, what, at }, { timeZone }) => ({
    title: say(`engine:mail.factor.${what}.subject`),
    paragraphs: [say(`engine:mail.factor.${what}.intro`, { email, time: spokenInstant(at, timeZone) })],
    act: { label: say('engine:mail.factor.act'), path: '/account' },
    notes: [say('engine:mail.factor.known'), say('engine:mail.factor.unknown')],
  }),
  sample: { email: 'ray.delgado@example.org', what: 'passkey-added', at: '2026-03-31T18:05:00.000Z' },
})
