import { refuse, say } from '@commonhall/kernel'
import type { AccessClaims } from './access-token.ts'
import { readCookie } from './cookies.ts'
import { refuseForgery } from './forgery.ts'
import type { SignIn } from './sign-in.ts'
import type { WebRequest } from './web-request.ts'

/** Who a request says it is from, proved by its token. */
export interface Identity extends AccessClaims {
  /** How the token came: programs send a header, browsers a cookie. */
  readonly by: 'bearer' | 'cookie'
}

/**
 * Who sends this request, by its Bearer token or else its cookie; an unsafe request by cookie must bring its CSRF
 * token. Only the token is looked at: whether the session still lives is asked in the statement that opens the org.
 * @throws {Refusal} `not_signed_in` (401) or `csrf` (403).
 */
export async function authenticate(signIn: SignIn, request: WebRequest): Promise<Identity> {
  const { authorization, cookie } = request.headers
  if (authorization) {
    const [scheme = '', token = ''] = authorization.split(' ', 2)
    const claims = scheme.toLowerCase() === 'bearer' ? await signIn.tokens.read(token) : null
    return claims ? { ...claims, by: 'bearer' } : notSignedIn()
  }
  const token = readCookie(cookie, 'access')
  const claims = token ? await signIn.tokens.read(token) : null
  if (!claims) return notSignedIn()
  refuseForgery(request, signIn.csrf, claims.sessionId, signIn.settings.publicUrl)
  return { ...claims, by: 'cookie' }
}

/** Refuses with 401, as do a session that has ended and a token that is not one. */
export const notSignedIn = (): never =>
  refuse('not_signed_in', say('engine:sign_in.not_signed_in'), { headers: { 'www-authenticate': 'Bearer' } })
