import { say } from '@commonhall/kernel'
import { mailOf } from './mail-of.ts'
import type { Mail } from './mail.ts'

/** The mail with the link for choosing a new password. */
export function resetMail({ name, email, url }: { name: string; email: string; url: string }): Mail {
  return mailOf(
    { name, email },
    {
      subject: say('engine:mail.reset.subject'),
      greeting: say('engine:mail.greeting', { name }),
      paragraphs: [say('engine:mail.reset.intro', { email })],
      act: { label: say('engine:mail.reset.act'), url },
      notes: [say('engine:mail.reset.limit'), say('engine:mail.reset.ignore')],
    },
  )
}
