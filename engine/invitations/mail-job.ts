import { say } from '@commonhall/kernel'
import type { Engine } from '../engine.ts'
import type { HouseJob } from '../jobs/index.ts'
import { invitationLetter } from '../mail/letters/invitation.ts'
import { mailOf } from '../mail/mail-of.ts'
import { mailTerms, type Outgoing } from '../mail/post.ts'
import { makeToken, tokenHash } from '../sign-in/opaque-token.ts'

export const invitationMailJob = 'invitations.link-mailed'

export interface InvitationMailWanted {
  readonly invitation: string
}

/** An invitation that has just got a link. */
export interface Issued {
  readonly email: string
  readonly name: string
  readonly roles: string
  readonly org_id: string
  readonly org_name: string
  readonly invited_by: string
  readonly token: string
}

type Parts = Pick<Engine, 'database' | 'settings' | 'post'>

/**
 * Gives a pending invitation a new link, which kills the one before. The token is made here and not when somebody
 * invites, so that it lies neither in the job queue nor in a reply to whoever invites. Undefined: it is not pending.
 */
export async function issueInvitation(
  { database }: Pick<Parts, 'database'>,
  invitation: string,
): Promise<Issued | undefined> {
  const token = makeToken()
  const [issued] = await database.bare<Omit<Issued, 'token'> & Record<string, unknown>>(
    'select email, name, roles, org_id, org_name, invited_by from foundation.issue_invitation($1, $2)',
    [invitation, tokenHash(token)],
  )
  return issued && { ...issued, token }
}

/** The mail that brings it. Whoever is invited does not belong yet: its link leads to the house, not to org pages. */
export function invitationMail(issued: Issued, { publicUrl }: { readonly publicUrl: string }): Outgoing {
  const { email, roles, invited_by, token, org_id, org_name: org } = issued
  const mail = mailOf(
    issued,
    invitationLetter,
    { email, roles, invited_by, token },
    { publicUrl, org: { name: org, url: publicUrl }, why: say('engine:invitation.mail.why', { by: invited_by, org }) },
  )
  return { ...mail, kind: invitationLetter.name, org: org_id, user: null }
}

/** Mails an invitation. Once it was taken back or accepted, nothing goes out. */
export const mailInvitation = (engine: Parts): HouseJob<InvitationMailWanted> => ({
  ...mailTerms,
  name: invitationMailJob,
  async run({ invitation }, run) {
    const letter = await issueInvitation(engine, invitation)
    if (letter) await engine.post.send({ id: run?.id, ...invitationMail(letter, engine.settings) })
  },
})
