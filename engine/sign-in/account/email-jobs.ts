import type { HouseJob } from '../../jobs/index.ts'
import { emailLink, emailNote, emailTaken } from '../../mail/letters/own-address.ts'
import { mailOf } from '../../mail/mail-of.ts'
import { linkTerms, mailTerms } from '../../mail/post.ts'
import { makeToken, tokenHash } from '../opaque-token.ts'
import type { SignIn } from '../sign-in.ts'

export const emailLinkJob = 'sign-in.email-link-mailed'
export const emailNoteJob = 'sign-in.email-note-mailed'

export interface EmailLinkWanted {
  readonly user: string
  readonly email: string
}

export interface EmailNoteWanted extends EmailLinkWanted {
  /** The address that the person is about to leave. */
  readonly present: string
}

interface Issued extends Record<string, unknown> {
  readonly name: string
  readonly present: string
  readonly taken: boolean
}

/** Mails the link that confirms an address; to one that somebody else has, only that it was asked for. */
export const mailEmailLink = (signIn: SignIn): HouseJob<EmailLinkWanted> => ({
  ...linkTerms,
  name: emailLinkJob,
  async run({ user, email }, run) {
    // Made here and not when it was asked for, so that it never lies in the job queue.
    const token = makeToken()
    const [issued] = await signIn.database.bare<Issued>(
      'select name, present, taken from foundation.issue_email_link($1, $2, $3)',
      [user, email, tokenHash(token)],
    )
    if (!issued) return
    const { name, present, taken } = issued
    const isNew = present.toLowerCase() !== email.toLowerCase()
    // Of a mail about an address that somebody else has, the line is theirs, not of whoever wanted it.
    const mail = taken
      ? { ...mailOf({ name: '', email }, emailTaken, { email }, signIn.settings), kind: emailTaken.name, user: null }
      : {
          ...mailOf({ name, email }, emailLink, { email, token, is_new: isNew }, signIn.settings),
          kind: emailLink.name,
          user,
        }
    await signIn.post.send({ ...mail, id: run?.id, org: null, always: true })
  },
})

/** Tells the present address what is going on, and what to do if it was not them. */
export const mailEmailNote = (signIn: SignIn): HouseJob<EmailNoteWanted> => ({
  ...mailTerms,
  name: emailNoteJob,
  async run({ user, present, email }, run) {
    const mail = mailOf({ name: '', email: present }, emailNote, { present, email }, signIn.settings)
    await signIn.post.send({ ...mail, id: run?.id, kind: emailNote.name, org: null, user, always: true })
  },
})
