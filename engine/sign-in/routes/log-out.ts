import { Refusal } from '@commonhall/kernel'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { authenticate, notSignedIn } from '../authenticate.ts'
import { clearedCookies, readCookie } from '../cookies.ts'
import { csrfSession, refuseOtherSite } from '../forgery.ts'
import { tokenHash } from '../opaque-token.ts'
import type { SignIn } from '../sign-in.ts'
import { addressOf } from '../web-request.ts'
import { bodyToken } from './refresh.ts'

/** `POST /auth/logout`. Ends the session at once, also for access tokens that are still in their time. */
export async function logOut(signIn: SignIn, request: FastifyRequest, reply: FastifyReply): Promise<null> {
  const session = (await sessionToEnd(signIn, request)) ?? notSignedIn()
  await signIn.database.bare('select foundation.end_session($1, $2, $3, $4)', [
    session,
    'signed-out',
    addressOf(request),
    request.id,
  ])
  if (readCookie(request.headers.cookie, 'csrf')) reply.header('set-cookie', clearedCookies())
  reply.code(204)
  return null
}

/** Somebody who comes back after a long lunch signs out with an access token that has expired. */
async function sessionToEnd(signIn: SignIn, request: FastifyRequest): Promise<string | null> {
  const given = bodyToken(request)
  if (given !== null) {
    const [row] = await signIn.database.bare<{ id: string | null }>('select foundation.session_of_refresh($1) as id', [
      tokenHash(given),
    ])
    return row?.id ?? null
  }
  try {
    return (await authenticate(signIn, request)).sessionId
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'not_signed_in' || request.headers.authorization) throw error
  }
  refuseOtherSite(request, signIn.settings.publicUrl)
  return csrfSession(request, signIn.csrf)
}
