import { refuse, say } from '@commonhall/kernel'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { clearedCookies, readCookie } from '../cookies.ts'
import { csrfSession, refuseOtherSite } from '../forgery.ts'
import { looksLikeToken, makeToken, tokenHash } from '../opaque-token.ts'
import { sessionReply, whoIs } from '../session-reply.ts'
import type { SignIn } from '../sign-in.ts'
import { addressOf, type WebRequest } from '../web-request.ts'

interface Presented {
  readonly token: string
  readonly carrier: 'token' | 'cookie'
  /** The session that the CSRF token speaks for; a cookie alone proves nothing. */
  readonly session: string | null
}

/**
 * `POST /auth/refresh`. Each refresh token works once; one that comes back ends its session, for whoever holds it. So
 * a client with several tabs or threads must refresh in one of them at a time.
 */
export async function refresh(signIn: SignIn, request: FastifyRequest, reply: FastifyReply): Promise<object> {
  const { token, carrier, session } = presentedToken(signIn, request)
  const next = makeToken()
  const [turned] = await signIn.database.bare<{ outcome: string; session_id: string }>(
    'select outcome, session_id from foundation.rotate_refresh($1, $2, $3, $4, $5)',
    [tokenHash(token), tokenHash(next), session, addressOf(request), request.id])
  const person = turned?.outcome === 'rotated' ? await whoIs(signIn, turned.session_id) : null
  if (turned && person) return await sessionReply(signIn, reply, carrier, turned.session_id, next, person)
  if (carrier === 'cookie') reply.header('set-cookie', clearedCookies())
  return sessionOver()
}

function presentedToken(signIn: SignIn, request: FastifyRequest): Presented {
  const given = bodyToken(request)
  if (given !== null) {
    return looksLikeToken(given) ? { token: given, carrier: 'token', session: null } : sessionOver()
  }
  const token = readCookie(request.headers.cookie, 'refresh')
  if (!token || !looksLikeToken(token)) return sessionOver()
  refuseOtherSite(request, signIn.settings.publicUrl)
  const session = csrfSession(request, signIn.csrf) ?? refuse('csrf', say('engine:sign_in.csrf'))
  return { token, carrier: 'cookie', session }
}

/** The refresh token in the body, if there is one. */
export const bodyToken = (request: WebRequest & { readonly body?: unknown }): string | null =>
  (request.body as { refresh_token?: string } | null | undefined)?.refresh_token ?? null

const sessionOver = (): never => refuse('not_signed_in', say('engine:sign_in.session_over'))
