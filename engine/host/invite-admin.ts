import type { FastifyRequest } from 'fastify'
import { refuse, say } from '@commonhall/kernel'
import type { Http } from '../http/door.ts'
import { invitationMailJob, type InvitationMailWanted } from '../invitations/mail-job.ts'
import { actAsHost, slugOf } from './door.ts'

/** Why an address cannot be invited, as foundation.invite and foundation.host_invite_admin name it. */
const reasons: Readonly<Record<string, () => never>> = {
  has_admin: () => refuse('conflict', say('host:has_admin')),
  too_many: () => refuse('too_many', say('host:too_many_invitations')),
}

/** Invites the first admin, and has the mail sent once that is committed. */
export async function inviteAdmin(
  http: Http,
  request: FastifyRequest,
  { email, name }: Readonly<Record<string, unknown>>,
): Promise<void> {
  const invitation = await actAsHost(http, request, 'host_invite_admin', [slugOf(request), email, name], {
    CH409: ({ message }) => reasons[message]?.() ?? refuse('conflict', say('host:invited_already')),
  })
  if (invitation) await http.engine.jobs.send(invitationMailJob, { invitation } satisfies InvitationMailWanted)
}
