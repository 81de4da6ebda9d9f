import { say } from '@commonhall/kernel'
import { mailOf } from '../mail/mail-of.ts'
import type { Mail } from '../mail/mail.ts'
import type { PublishedHead } from './publish.ts'

/** The mail that a witness keeps. */
export function headMail(org: string, { n, hash, entries, published_at }: PublishedHead, to: string): Mail {
  return mailOf(
    { name: to, email: to },
    {
      subject: say('engine:chain.mail.subject', { org, day: published_at.slice(0, 10) }),
      greeting: say('engine:chain.mail.greeting'),
      paragraphs: [say('engine:chain.mail.intro', { org, entries }), `${n}:${hash}`, say('engine:chain.mail.keep')],
      notes: [say('engine:chain.mail.check', { head: `${n}:${hash}` }), say('engine:chain.mail.why', { org })],
    },
  )
}
