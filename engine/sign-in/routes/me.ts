import type { FastifyRequest } from 'fastify'
import { authenticate, notSignedIn } from '../authenticate.ts'
import { type Person, whoIs } from '../session-reply.ts'
import type { SignIn } from '../sign-in.ts'

/** `GET /auth/me`: who is signed in, with orgs and roles as they are stored now. */
export async function me(signIn: SignIn, request: FastifyRequest): Promise<Person> {
  const { sessionId } = await authenticate(signIn, request)
  return (await whoIs(signIn, sessionId)) ?? notSignedIn()
}
