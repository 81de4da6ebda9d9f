import { field, parseRecord, Refusal, refuse, refuseField, say } from '@commonhall/kernel'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { welcomeJob, type WelcomeWanted } from '../../invitations/welcome-job.ts'
import { accepted } from '../../records/accepted.ts'
import { authenticate, type Identity } from '../authenticate.ts'
import { commonPasswords } from '../common-passwords.ts'
import { refuseOtherSite } from '../forgery.ts'
import { makeToken, tokenHash } from '../opaque-token.ts'
import { hashPassword } from '../password-hash.ts'
import { passwordFault } from '../policy.ts'
import { sayFault } from '../say-fault.ts'
import { type Carrier, rememberDevice, type Session, sessionReply } from '../session-reply.ts'
import type { SignIn } from '../sign-in.ts'
import { addressOf, agentOf } from '../web-request.ts'

/** What a link leads to, as foundation.invitation_by_link answers it. */
interface Invited extends Record<string, unknown> {
  readonly state: 'pending' | 'accepted' | 'revoked' | 'expired'
  readonly email: string
  readonly name: string
  readonly invited_by: string
  readonly expires_at: string
  readonly org_slug: string
  readonly org_name: string
  readonly org_accent: string
  readonly suspended: boolean
  readonly has_account: boolean
}

interface Acceptance {
  readonly name?: string
  readonly password?: string
  readonly session?: Carrier
}

const orgOf = ({ org_slug: slug, org_name: name, org_accent: accent }: Invited) => ({ slug, name, accent })
const tokenOf = (request: FastifyRequest) => (request.params as { token: string }).token

/** `GET /auth/invitations/{token}`: for the page that asks whether to accept. */
export async function showInvitation(signIn: SignIn, request: FastifyRequest): Promise<object> {
  const invited = await findInvitation(signIn, tokenOf(request))
  const { email, name, invited_by, has_account, expires_at } = invited
  return { org: orgOf(invited), email, name, invited_by, has_account, expires_at }
}

/**
 * `POST /auth/invitations/{token}/accept`. Somebody new gets an account and is signed in; somebody who has one must be
 * signed in to it, since whoever merely reads their mail is not yet them.
 */
export async function acceptInvitation(signIn: SignIn, request: FastifyRequest, reply: FastifyReply): Promise<object> {
  const token = tokenOf(request)
  const invited = await findInvitation(signIn, token)
  const reached = invited.has_account
    ? await acceptAsKnown(signIn, request, token, invited)
    : await acceptAsNew(signIn, request, reply, token, invited)
  const { org_slug: org, email, invited_by } = invited
  await signIn.enqueue(welcomeJob, { org, email, invited_by } satisfies WelcomeWanted)
  return reached
}

async function findInvitation(signIn: SignIn, token: string): Promise<Invited> {
  const [found] = await signIn.database.bare<Invited>('select * from foundation.invitation_by_link($1)', [
    tokenHash(token),
  ])
  if (!found) return refuse('not_found', say('engine:invitation.unknown'))
  const { state, email, org_name: org, invited_by: by } = found
  if (state !== 'pending')
    refuse(`invitation_${state}`, say(`engine:invitation.${state}`, { email, org, by }), { status: 410 })
  if (found.suspended) refuse('org_suspended', say('engine:invitation.suspended', { org }), { status: 403 })
  return found
}

async function acceptAsKnown(
  signIn: SignIn,
  request: FastifyRequest,
  token: string,
  invited: Invited,
): Promise<object> {
  const { email } = invited
  const signInFirst = (): never =>
    refuse('sign_in_first', say('engine:invitation.sign_in_first', { email }), {
      status: 401,
      headers: { 'www-authenticate': 'Bearer' },
    })
  const { sessionId, by } = (await signedIn(signIn, request)) ?? signInFirst()
  const [row] = await signIn.database.bare<{ done: boolean }>(
    'select foundation.accept_invitation($1, $2, $3, $4, $5) as done',
    [tokenHash(token), sessionId, by === 'cookie' ? 'page' : 'api', addressOf(request), request.id],
  )
  if (row?.done) return { org: orgOf(invited) }
  // Another try may have been faster; otherwise they are signed in as somebody else.
  await findInvitation(signIn, token)
  return signInFirst()
}

async function signedIn(signIn: SignIn, request: FastifyRequest): Promise<Identity | null> {
  try {
    return await authenticate(signIn, request)
  } catch (error) {
    if (error instanceof Refusal && error.code === 'not_signed_in') return null
    throw error
  }
}

async function acceptAsNew(
  signIn: SignIn,
  request: FastifyRequest,
  reply: FastifyReply,
  token: string,
  invited: Invited,
): Promise<object> {
  const { name: given, password, session: carrier = 'token' } = request.body as Acceptance
  if (carrier === 'cookie') refuseOtherSite(request, signIn.settings.publicUrl)
  const fields = { name: field.text({ required: true, label: say('engine:sign_in.label.name') }) }
  const { name } = accepted(parseRecord(fields, { name: given ?? invited.name }))
  await refuseWeak(password, invited, String(name))
  const refreshToken = makeToken()
  const device = carrier === 'cookie' ? crypto.randomUUID() : null
  const [session] = await signIn.database.bare<Session>(
    'select session_id, person from foundation.accept_invitation_anew($1, $2, $3, $4, $5, $6, $7, $8, $9)',
    [
      tokenHash(token),
      name,
      await hashPassword(password ?? ''),
      tokenHash(refreshToken),
      agentOf(request),
      device,
      carrier === 'cookie' ? 'page' : 'api',
      addressOf(request),
      request.id,
    ],
  )
  // Of tries side by side one was first, with this link or with that of another organization.
  if (!session) return await acceptAsKnown(signIn, request, token, await findInvitation(signIn, token))
  if (device) rememberDevice(signIn, reply, device)
  return await sessionReply(signIn, reply, carrier, session, refreshToken)
}

async function refuseWeak(password: string | undefined, invited: Invited, name: string): Promise<void> {
  const { email, org_name: org, org_slug: slug } = invited
  if (!password) {
    return refuseField('password', 'required', say('engine:invitation.choose_password'))
  }
  const fault = passwordFault(password, { email, name, orgs: [org, slug] }, await commonPasswords())
  if (!fault) return
  refuseField('password', fault.code, sayFault(fault))
}
