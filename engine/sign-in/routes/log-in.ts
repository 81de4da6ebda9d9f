import type { FastifyReply, FastifyRequest } from 'fastify'
import { refuse, say } from '@commonhall/kernel'
import { beginTry, failTry, knownDevice, type Opening } from '../attempt.ts'
import { askSecondStep, passwordDigest } from '../factors/ticket.ts'
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

/** What foundation.start_session answers: a session, or with what to go on. */
type Started = (Session & { readonly methods: readonly [] }) | { readonly session_id: null; methods: readonly string[] }

/** `POST /auth/login`. Whether an address has an account shows in neither the words, the status nor the time. */
export async function logIn(signIn: SignIn, request: FastifyRequest, reply: FastifyReply): Promise<object> {
  const { email, password, session: carrier = 'token' } = request.body as Credentials
  if (carrier === 'cookie') refuseOtherSite(request, signIn.settings.publicUrl)
  const known = carrier === 'cookie' ? knownDevice(signIn, request) : null
  const device = carrier === 'cookie' ? (known ?? crypto.randomUUID()) : null
  const refreshToken = makeToken()
  const session = await signIn.turns.take(email.toLowerCase(), async () => {
    const opening = await beginTry(signIn, request, email, known)
    const right = await isPassword(opening.password_hash, password)
    const started = right ? await start(signIn, request, opening, device, refreshToken) : undefined
    if (started?.session_id === null) return goOn(signIn, opening, email, known, started.methods)
    if (started) return started
    await failTry(signIn, request, opening, email, known)
    return refuse('wrong_credentials', say('engine:sign_in.wrong_credentials'))
  })
  if (device) rememberDevice(signIn, reply, device)
  return await sessionReply(signIn, reply, carrier, session, refreshToken)
}

async function start(
  signIn: SignIn,
  request: WebRequest,
  opening: Opening,
  device: string | null,
  refreshToken: string,
): Promise<Started | undefined> {
  const { user_id: userId, password_hash: hash, verdict } = opening
  const byDevice = verdict === 'known-device'
  const [started] = await signIn.database.bare<Started & Record<string, unknown>>(
    'select session_id, person, methods from foundation.start_session($1, $2, $3, $4, $5, $6, $7, $8)',
    [userId, hash, tokenHash(refreshToken), agentOf(request), device, byDevice, addressOf(request), request.id],
  )
  return started
}

function goOn(
  signIn: SignIn,
  { user_id: userId, password_hash: hash, verdict }: Opening,
  email: string,
  known: string | null,
  methods: readonly string[],
): never {
  const device = verdict === 'known-device' ? known : null
  const ticket = { userId: userId ?? '', email, digest: passwordDigest(hash ?? ''), device }
  return askSecondStep(signIn, ticket, methods)
}
