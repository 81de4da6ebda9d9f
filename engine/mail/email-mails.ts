import { say } from '@commonhall/kernel'
import { mailOf } from './mail-of.ts'
import type { Mail } from './mail.ts'

interface LinkMail {
  readonly name: string
  readonly email: string
  readonly url: string
  /** Whether the address is to take the place of another one. */
  readonly isNew: boolean
}

/** The mail with the link that confirms an address. */
export const emailLinkMail = ({ name, email, url, isNew }: LinkMail): Mail =>
  mailOf(
    { name, email },
    {
      subject: say('engine:account.mail.link.subject'),
      greeting: say('engine:mail.greeting', { name }),
      paragraphs: [say(`engine:account.mail.link.${isNew ? 'intro_new' : 'intro'}`, { email })],
      act: { label: say('engine:account.mail.link.act'), url },
      notes: [
        say('engine:account.mail.link.limit'),
        say(`engine:account.mail.link.${isNew ? 'ignore_new' : 'ignore'}`),
      ],
    },
  )

/** To the owner of an address that somebody else wanted for theirs. Neither's name is told to the other. */
export const takenMail = ({ email, url }: { readonly email: string; readonly url: string }): Mail =>
  mailOf(
    { name: '', email },
    {
      subject: say('engine:account.mail.taken.subject'),
      greeting: say('engine:account.mail.hello'),
      paragraphs: [say('engine:account.mail.taken.intro', { email })],
      act: { label: say('engine:account.mail.taken.act'), url },
      notes: [say('engine:account.mail.taken.ignore')],
    },
  )

/** To the address that is about to be left. */
export const changeNote = ({
  present,
  email,
  url,
}: {
  readonly present: string
  readonly email: string
  readonly url: string
}): Mail =>
  mailOf(
    { name: '', email: present },
    {
      subject: say('engine:account.mail.note.subject'),
      greeting: say('engine:account.mail.hello'),
      paragraphs: [
        say('engine:account.mail.note.intro', { present, email }),
        say('engine:account.mail.note.known'),
        say('engine:account.mail.note.unknown'),
      ],
      act: { label: say('engine:account.mail.note.act'), url },
      notes: [say('engine:account.mail.note.late')],
    },
  )
