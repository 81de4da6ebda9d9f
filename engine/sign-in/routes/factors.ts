import type { FastifyRequest } from 'fastify'
import { authenticate, notSignedIn } from '../authenticate.ts'
import type { SignIn } from '../sign-in.ts'

/** `GET /auth/factors`: one's own passkeys, app and recovery codes, and with what to prove who one is. */
export async function factors(signIn: SignIn, request: FastifyRequest): Promise<object> {
  const { sessionId } = await authenticate(signIn, request)
  const [row] = await signIn.database.bare<{ factors: object | null }>('select foundation.factors($1) as factors', [
    sessionId,
  ])
  return row?.factors ?? notSignedIn()
}
