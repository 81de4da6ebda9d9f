import type { FastifyReply, FastifyRequest } from 'fastify'
import type { JsonSchema } from '@commonhall/kernel'
import type { SignIn } from '../sign-in.ts'

/** One route under `/api/v1/auth`, with its description. */
export interface SignInRoute {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly url: string
  readonly summary: string
  readonly operationId: string
  /** For people who are not signed in yet. */
  readonly open: boolean
  readonly params?: JsonSchema
  readonly body?: JsonSchema
  readonly response: Readonly<Record<number, object>>
  readonly handle: (signIn: SignIn, request: FastifyRequest, reply: FastifyReply) => Promise<object | null>
}
