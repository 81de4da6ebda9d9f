import { say } from '@commonhall/kernel'
import { type Letter, letterHtml, letterText } from '../mail/letter.ts'
import type { Mail } from '../mail/mail.ts'
import type { PublishedHead } from './publish.ts'

/** The mail that a witness keeps. */
export function headMail(org: string, { n, hash, entries, published_at }: PublishedHead, to: string): Mail {
  const letter: Letter = {
    subject: say('engine:chain.mail.subject', { org, day: published_at.slice(0, 10) }),
    greeting: say('engine:chain.mail.greeting'),
    paragraphs: [say('engine:chain.mail.intro', { org, entries }), `${n}:${hash}`, say('engine:chain.mail.keep')],
    notes: [say('engine:chain.mail.check', { head: `${n}:${hash}` }), say('engine:chain.mail.why', { org })],
  }
  return { to: { name: to, email: to }, subject: letter.subject, text: letterText(letter), html: letterHtml(letter) }
}
