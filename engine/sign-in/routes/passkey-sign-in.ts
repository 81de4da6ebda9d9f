import type { AuthenticationResponseJSON } from '@simplewebauthn/server'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { refuse, say } from '@commonhall/kernel'
import { knownDevice } from '../attempt.ts'
import { askToShow, readShownPasskey } from '../factors/passkeys.ts'
import { refuseOtherSite } from '../forgery.ts'
import { makeToken, tokenHash } from '../opaque-token.ts'
import { type Carrier, rememberDevice, type Session, sessionReply } from '../session-reply.ts'
import type { SignIn } from '../sign-in.ts'
import { addressOf, agentOf } from '../web-request.ts'

interface PasskeyShown {
  readonly challenge: string
  readonly credential: AuthenticationResponseJSON
  readonly session?: Carrier
}

/** `POST /auth/passkey/challenge`. Open to anybody, and the same for everybody; nothing is kept of it. */
export const challengePasskey = (signIn: SignIn, request: FastifyRequest): Promise<object> => askToShow(signIn, request)

/** `POST /auth/passkey/login`. Both factors in one, and no guess: it gets in while the account is locked. */
export async function logInByPasskey(signIn: SignIn, request: FastifyRequest, reply: FastifyReply): Promise<object> {
  const { challenge, credential, session: carrier = 'token' } = request.body as PasskeyShown
  if (carrier === 'cookie') refuseOtherSite(request, signIn.settings.publicUrl)
  const device = carrier === 'cookie' ? (knownDevice(signIn, request) ?? crypto.randomUUID()) : null
  const refreshToken = makeToken()
  const { userId, shown } = await readShownPasskey(signIn, request, challenge, credential)
  const values = [userId, shown, tokenHash(refreshToken), agentOf(request), device, addressOf(request), request.id]
  const [session] = shown
    ? await signIn.database.bare<Session>(
        'select * from foundation.sign_in_by_passkey($1, $2, $3, $4, $5, $6, $7)',
        values,
      )
    : []
  if (!session) {
    await signIn.database.bare('select foundation.fail_passkey($1, $2, $3)', [userId, addressOf(request), request.id])
    return refuse('wrong_passkey', say('engine:factor.wrong_code.passkey'), { status: 401 })
  }
  if (device) rememberDevice(signIn, reply, device)
  return await sessionReply(signIn, reply, carrier, session, refreshToken)
}
