import { passwordReset } from '../mail/letters/password-reset.ts'
import { mailOf } from '../mail/mail-of.ts'
import { makeToken, tokenHash } from './opaque-token.ts'
import type { SignIn } from './sign-in.ts'

export const resetMailJob = 'sign-in.reset-link-mailed'

export interface ResetMailWanted {
  readonly email: string
}

/**
 * Mails the link for a new password to whoever has this address, if anybody has. The token is made here and not when
 * it was asked for, so that it never lies in the job queue.
 */
export async function mailResetLink(signIn: SignIn, { email }: ResetMailWanted, id?: string): Promise<void> {
  const token = makeToken()
  const [person] = await signIn.database.bare<{ email: string; name: string }>(
    'select email, name from foundation.issue_reset($1, $2)',
    [email, tokenHash(token)],
  )
  if (!person) return
  const mail = mailOf(person, passwordReset, { email: person.email, token }, signIn.settings)
  await signIn.post.send({ ...mail, id, kind: passwordReset.name, org: null, user: null, always: true })
}
