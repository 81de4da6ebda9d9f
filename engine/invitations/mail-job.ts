import type { Engine } from '../engine.ts'
import type { HouseJob } from '../jobs.ts'
import { type InvitationLetter, invitationMail } from '../mail/invitation-mail.ts'
import type { Mailer } from '../mail/mail.ts'
import { makeToken, tokenHash } from '../sign-in/opaque-token.ts'

export const invitationMailJob = 'invitations.link-mailed'

export interface InvitationMailWanted {
  readonly invitation: string
}

type Parts = Pick<Engine, 'database' | 'settings'>

/**
 * Gives a pending invitation a new link, which kills the one before. The token is made here and not when somebody
 * invites, so that it lies neither in the job queue nor in a reply to whoever invites. Undefined: it is not pending.
 */
export async function issueInvitation(
  { database, settings }: Parts,
  invitation: string,
): Promise<InvitationLetter | undefined> {
  const token = makeToken()
  const [issued] = await database.bare<Omit<InvitationLetter, 'url'> & Record<string, unknown>>(
    'select email, name, roles, org_name, invited_by from foundation.issue_invitation($1, $2)',
    [invitation, tokenHash(token)],
  )
  return issued && { ...issued, url: `${settings.publicUrl}/invitation/${token}` }
}

/** Mails an invitation. Once it was taken back or accepted, nothing goes out. */
export const mailInvitation = (engine: Parts, mail: Mailer): HouseJob<InvitationMailWanted> => ({
  name: invitationMailJob,
  async run({ invitation }) {
    const letter = await issueInvitation(engine, invitation)
    if (letter) await mail.send(invitationMail(letter))
  },
})
