import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { refuse, say } from '@commonhall/kernel'
import type { Caller } from '../caller.ts'
import { again } from '../database/again.ts'
import type { Transaction } from '../database/pool.ts'
import type { Engine } from '../engine.ts'
import { type Answer, asCaller, type Authenticate, sendAnswer } from './caller.ts'
import { once } from './idempotency.ts'

/** What routes are registered with. */
export interface Http {
  readonly app: FastifyInstance
  readonly engine: Engine
  readonly authenticate: Authenticate
}

type Write = (caller: Caller, transaction: Transaction, request: FastifyRequest) => Promise<Answer>

export const orgPath = '/api/v1/orgs/:slug'

/** A handler that reads as the caller, where the module is on. */
export function reading(
  http: Http,
  module: string,
  read: (caller: Caller, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>,
) {
  return (request: FastifyRequest, reply: FastifyReply) =>
    asCaller(http.engine, http.authenticate, request, (caller) => {
      moduleOn(caller, module)
      return read(caller, request, reply)
    })
}

/** A handler that writes as the caller: one transaction, once per Idempotency-Key. */
export function writing(http: Http, module: string, write: Write) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const answer = await asCaller(http.engine, http.authenticate, request, (caller) => {
      moduleOn(caller, module)
      return again(() =>
        http.engine.database.transaction(caller.access, (transaction) =>
          once(request, caller.access, transaction, () => write(caller, transaction, request)),
        ),
      )
    })
    return sendAnswer(reply, answer)
  }
}

/** @throws {Refusal} `not_found` where the org has switched the module off */
export function moduleOn(caller: Caller, module: string): void {
  if (module !== 'foundation' && !caller.org.modules.has(module)) refuse('not_found', say('engine:http.module_off'))
}
