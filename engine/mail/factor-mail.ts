import { say } from '@commonhall/kernel'
import type { FactorMailWanted } from '../sign-in/factors/change-mail-job.ts'
import { type Letter, letterHtml, letterText } from './letter.ts'
import type { Mail } from './mail.ts'

/** The mail that tells what has happened to a person's second factors. */
export function factorMail({ email, name, what, at, url }: FactorMailWanted & { readonly url: string }): Mail {
  const time = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }).format(
    new Date(at),
  )
  const letter: Letter = {
    subject: say(`engine:mail.factor.${what}.subject`),
    greeting: say('engine:mail.greeting', { name }),
    paragraphs: [say(`engine:mail.factor.${what}.intro`, { email, time })],
    act: { label: say('engine:mail.factor.act'), url },
    notes: [say('engine:mail.factor.known'), say('engine:mail.factor.unknown')],
  }
  return { to: { name, email }, subject: letter.subject, text: letterText(letter), html: letterHtml(letter) }
}
