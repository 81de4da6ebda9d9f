import { say } from '@commonhall/kernel'
import { mailOf } from './mail-of.ts'
import type { Mail } from './mail.ts'

/** What people are told of by mail, since somebody else could have done it. */
export type FactorChange =
  | 'passkey-added'
  | 'passkey-removed'
  | 'totp-added'
  | 'totp-removed'
  | 'recovery-code-used'
  | 'recovery-codes-made'
  | 'factors-forgotten'

/** What has happened to whose factors; `at` is when, RFC 3339. */
export interface FactorMailWanted {
  readonly email: string
  readonly name: string
  readonly what: FactorChange
  readonly at: string
}

/** The mail that tells what has happened to a person's second factors. */
export function factorMail({ email, name, what, at, url }: FactorMailWanted & { readonly url: string }): Mail {
  const time = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(
    new Date(at),
  )
  return mailOf(
    { name, email },
    {
      subject: say(`engine:mail.factor.${what}.subject`),
      greeting: say('engine:mail.greeting', { name }),
      paragraphs: [say(`engine:mail.factor.${what}.intro`, { email, time })],
      act: { label: say('engine:mail.factor.act'), url },
      notes: [say('engine:mail.factor.known'), say('engine:mail.factor.unknown')],
    },
  )
}
