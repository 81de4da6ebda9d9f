import { isUuid, refuse, say } from '@commonhall/kernel'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { readCookie } from '../cookies.ts'
import { refuseOtherSite } from '../forgery.ts'
import { makeToken, tokenHash } from '../opaque-token.ts'
import { isPassword } from '../password-hash.ts'
import { type Carrier, rememberDevice, type Session, sessionReply } from '../session-reply.ts'
import type { SignIn } from '../sign-in.ts'
import { addressOf, agentOf, type WebRequest } from '../web-request.ts'

interface Credentials {
  readonly email: string
  readonly password: string
  readonly session?: Carrier
}

/** What foundation.begin_sign_in answers before the password is looked at. */
interface Opening extends Record<string, unknown> {
  readonly verdict: 'open' | 'known-device' | 'limited' | 'locked'
  readonly wait_s: number
  readonly user_id: string | null
  readonly password_hash: string | null
}

/** `POST /auth/login`. Whether an address has an account shows in neither the words, the status nor the time. */
export async function logIn(signIn: SignIn, request: FastifyRequest, reply: FastifyReply): Promise<object> {
  const { email, password, session: carrier = 'token' } = request.body as Credentials
  if (carrier === 'cookie') refuseOtherSite(request, signIn.settings.publicUrl)
  const known = carrier === 'cookie' ? knownDevice(signIn, request) : null
  const refreshToken = makeToken()
  const session = await signIn.turns.take(email.toLowerCase(), async () => {
    const opening = await open(signIn, request, email, known)
    const right = await isPassword(opening.password_hash, password)
    const device = carrier === 'cookie' ? (known ?? crypto.randomUUID()) : null
    const started = right ? await start(signIn, request, opening, device, refreshToken) : undefined
    if (started && device) rememberDevice(signIn, reply, device)
    return started ?? (await fail(signIn, request, opening, email, known))
  })
  return await sessionReply(signIn, reply, carrier, session, refreshToken)
}

async function open(signIn: SignIn, request: WebRequest, email: string, device: string | null): Promise<Opening> {
  const [opening] = await signIn.database.bare<Opening>(
    'select verdict, wait_s, user_id, password_hash from foundation.begin_sign_in($1, $2, $3, $4)',
    [email, addressOf(request), device, request.id],
  )
  if (!opening) throw new Error('begin_sign_in answers one row')
  if (opening.verdict === 'locked') refuse('locked', say('engine:sign_in.locked'))
  if (opening.verdict === 'limited') {
    const minutes = Math.ceil(opening.wait_s / 60)
    const headers = { 'retry-after': String(opening.wait_s) }
    refuse('too_many', say('engine:sign_in.limited', { count: minutes }), { headers })
  }
  return opening
}

async function start(
  signIn: SignIn,
  request: WebRequest,
  opening: Opening,
  device: string | null,
  refreshToken: string,
): Promise<Session | undefined> {
  const { user_id: userId, password_hash: hash, verdict } = opening
  const byDevice = verdict === 'known-device'
  const [session] = await signIn.database.bare<Session>(
    'select session_id, person from foundation.start_session($1, $2, $3, $4, $5, $6, $7, $8)',
    [userId, hash, tokenHash(refreshToken), agentOf(request), device, byDevice, addressOf(request), request.id],
  )
  return session
}

async function fail(
  signIn: SignIn,
  request: WebRequest,
  { user_id: userId, verdict }: Opening,
  email: string,
  known: string | null,
): Promise<never> {
  const device = verdict === 'known-device' ? known : null
  const values = [email, userId, device, addressOf(request), request.id]
  await signIn.database.bare('select foundation.fail_sign_in($1, $2, $3, $4, $5)', values)
  return refuse('wrong_credentials', say('engine:sign_in.wrong_credentials'))
}

function knownDevice(signIn: SignIn, request: WebRequest): string | null {
  const id = signIn.devices.open(readCookie(request.headers.cookie, 'device'))
  return isUuid(id) ? id : null
}
