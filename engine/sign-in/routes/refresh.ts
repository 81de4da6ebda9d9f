import { refuse, say } from '@commonhall/kernel'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { clearedCookies, readCookie } from '../cookies.ts'
import { csrfSession, refuseOtherSite } from '../forgery.ts'
import { looksLikeToken, makeToken, tokenHash } from '../opaque-token.ts'
import { type Session, sessionReply } from '../session-reply.ts'
import type { SignIn } from '../sign-in.ts'
import { addressOf, type WebRequest } from '../web-request.ts'

interface Presented {
  readonly token: string
  readonly carrier: 'token' | 'cookie'
  /** The session that the CSRF token speaks for; a cookie alone proves nothing. */
  readonly expected: string | null
}

/**
 * `POST /auth/refresh`. Each refresh token works once; one that comes back ends its session, for whoever holds it. So
 * a client with several tabs or threads must refresh in one of them at a time.
 */
export async function refresh(signIn: SignIn, request: FastifyRequest, reply: FastifyReply): Promise<object> {
  const { token, carrier, expected } = presentedToken(signIn, request)
  const next = makeToken()
  // Of a token that is not good no person comes back.
  const [session] = await signIn.database.bare<Session>(
    'select session_id, person from foundation.rotate_refresh($1, $2, $3, $4, $5) where person is not null',
    [tokenHash(token), tokenHash(next), expected, addressOf(request), request.id],
  )
  if (session) return await sessionReply(signIn, reply, carrier, session, next)
  if (carrier === 'cookie') reply.header('set-cookie', clearedCookies())
  return sessionOver()
}

function presentedToken(signIn: SignIn, request: FastifyRequest): Presented {
  const given = bodyToken(request)
  if (given !== null) {
    return looksLikeToken(given) ? { token: given, carrier: 'token', expected: null } : sessionOver()
  }
  const token = readCookie(request.headers.cookie, 'refresh')
  if (!token || !looksLikeToken(token)) return sessionOver()
  refuseOtherSite(request, signIn.settings.publicUrl)
  const expected = csrfSession(request, signIn.csrf) ?? refuse('csrf', say('engine:sign_in.csrf'))
  return { token, carrier: 'cookie', expected }
}

/** The refresh token in the body, if there is one. */
export const bodyToken = (request: WebRequest & { readonly body?: unknown }): string | null =>
  (request.body as { refresh_token?: string } | null | undefined)?.refresh_token ?? null

const sessionOver = (): never => refuse('not_signed_in', say('engine:sign_in.session_over'))
