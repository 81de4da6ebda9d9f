import { isUuid } from '@commonhall/kernel'
import { errors, jwtVerify, SignJWT } from 'jose'
import { Recent } from '../recent.ts'

/** Whom an access token is made out to. */
export interface Bearer {
  readonly userId: string
  readonly sessionId: string
  readonly email: string
  /** For display: every request is judged by the roles that are stored when it comes. */
  readonly roles: readonly string[]
}

/** What a good access token says. */
export interface AccessClaims {
  readonly userId: string
  readonly sessionId: string
  readonly email: string
  /** Seconds since 1970. */
  readonly expiresAt: number
}

export const accessSeconds = 900

const issuer = 'commonhall'
const audience = 'commonhall-api'
const algorithm = 'HS256'
/** How far the clocks of two servers may differ. */
const clockTolerance = 5
/** A page sends the same token many times; the tokens of this many sessions are not checked again each time. */
const remembered = 5_000

/** Makes and checks access tokens: JWTs signed with one secret by one algorithm, whatever a token says of itself. */
export class AccessTokens {
  readonly #key: Promise<CryptoKey>
  readonly #good = new Recent<AccessClaims>(remembered)

  constructor(secret: Uint8Array<ArrayBuffer>) {
    const hmac = { name: 'HMAC', hash: 'SHA-256' }
    this.#key = crypto.subtle.importKey('raw', secret, hmac, false, ['sign', 'verify'])
  }

  async sign({ userId, sessionId, email, roles }: Bearer): Promise<string> {
    return await new SignJWT({ sid: sessionId, email, roles: [...roles], type: 'access' })
      .setProtectedHeader({ alg: algorithm, typ: 'JWT' })
      .setSubject(userId)
      .setIssuer(issuer)
      .setAudience(audience)
      .setIssuedAt()
      .setExpirationTime(`${accessSeconds}s`)
      .sign(await this.#key)
  }

  /** What the token says, or null when it is not one of ours, not meant for this, or out of its time. */
  async read(token: string): Promise<AccessClaims | null> {
    const known = this.#good.get(token)
    if (known && known.expiresAt > Date.now() / 1_000) return known
    if (known) this.#good.delete(token)
    const claims = known ? null : await this.#check(token)
    if (claims) this.#good.set(token, claims)
    return claims
  }

  async #check(token: string): Promise<AccessClaims | null> {
    try {
      const { payload } = await jwtVerify(token, await this.#key, {
        algorithms: [algorithm],
        issuer,
        audience,
        clockTolerance,
        typ: 'JWT',
        // Asks for `iat`, and refuses one that lies in the future.
        maxTokenAge: accessSeconds,
        requiredClaims: ['sub', 'sid', 'email', 'type', 'iat', 'exp'],
      })
      const { sub, sid, email, type, exp } = payload
      if (type !== 'access' || !isUuid(sub) || !isUuid(sid) || typeof email !== 'string' || !exp) return null
      return { userId: sub, sessionId: sid, email, expiresAt: exp }
    } catch (error) {
      if (error instanceof errors.JOSEError) return null
      throw error
    }
  }
}
