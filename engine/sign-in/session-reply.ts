import type { FastifyReply } from 'fastify'
import { accessSeconds } from './access-token.ts'
import { writeCookie } from './cookies.ts'
import type { SignIn } from './sign-in.ts'

/** A person and the orgs they belong to, as replies tell it. */
export interface Person {
  readonly user: {
    readonly id: string
    readonly email: string
    readonly name: string
    readonly is_host: boolean
    readonly email_verified: boolean
  }
  readonly orgs: readonly {
    readonly slug: string
    readonly name: string
    readonly kind: string
    readonly roles: readonly string[]
  }[]
}

/** A living session, as the database answers it. */
export interface Session extends Record<string, unknown> {
  readonly session_id: string
  readonly person: Person
}

/** How a session travels: tokens in the reply for programs, cookies that scripts cannot read for browsers. */
export type Carrier = 'token' | 'cookie'

const week = 7 * 24 * 3_600
/** As long as browsers keep any cookie. */
const longest = 400 * 24 * 3_600

/** Who a session is now; null when it has ended. */
export async function whoIs(signIn: SignIn, sessionId: string): Promise<Person | null> {
  const [row] = await signIn.database.bare<{ person: Person | null }>('select foundation.whoami($1) as person', [
    sessionId,
  ])
  return row?.person ?? null
}

/** The reply that hands over a session: fresh tokens, and who the person is. */
export async function sessionReply(
  signIn: SignIn,
  reply: FastifyReply,
  carrier: Carrier,
  { session_id: sessionId, person }: Session,
  refreshToken: string,
): Promise<object> {
  const { id: userId, email } = person.user
  const roles = [...new Set(person.orgs.flatMap((org) => org.roles))]
  const accessToken = await signIn.tokens.sign({ userId, sessionId, email, roles })
  if (carrier === 'token') {
    return {
      access_token: accessToken,
      refresh_token: refreshToken,
      token_type: 'Bearer',
      expires_in: accessSeconds,
      ...person,
    }
  }
  reply.header('set-cookie', [
    writeCookie('access', accessToken, accessSeconds),
    writeCookie('refresh', refreshToken, week),
    writeCookie('csrf', signIn.csrf.close(sessionId), week),
  ])
  return { expires_in: accessSeconds, ...person }
}

/** Remembers the browser, so that nobody's failed tries can keep its owner out. */
export const rememberDevice = (signIn: SignIn, reply: FastifyReply, deviceId: string): void =>
  void reply.header('set-cookie', writeCookie('device', signIn.devices.close(deviceId), longest))
