import type { FastifyInstance, FastifyRequest } from 'fastify'
import { Refusal } from '@commonhall/kernel'
import type { Engine } from '../engine.ts'
import { addressOf } from '../sign-in/web-request.ts'
import type { Authenticate } from './caller.ts'
import { refusalOf } from './problems.ts'

/** What the journal calls a 403, by the code of its problem. */
const events: Readonly<Record<string, string>> = {
  forbidden: 'console-refused',
  proof_needed: 'proof-asked',
  csrf: 'forgery-refused',
}

const outside = /^\/api\/v1\/(?:auth|host)\//

/**
 * Tells the journal of sign-in when somebody who is signed in is told no where no org is open: in the host's console,
 * or about their own account. Written after the answer, in which it must take no time.
 */
export function registerRefusalsOutside(app: FastifyInstance, engine: Engine, authenticate: Authenticate): void {
  app.addHook('onResponse', async (request) => {
    const refusal = refusalOf(request)
    const event = refusal?.status === 403 ? events[refusal.code] : undefined
    if (!refusal || !event || !outside.test(request.routeOptions.url ?? '')) return
    const session = await sessionOf(authenticate, request)
    if (session === null) return
    await engine.database
      .bare('select foundation.note_refusal($1, $2, $3, $4)', [session, event, addressOf(request), request.id])
      .catch((error: unknown) => request.log.error({ err: error, event }, 'a refusal could not be told'))
    engine.watch.signIn()
  })
}

/** Whose request it was; where the check against forgery refused it, the cookie was right all the same. */
async function sessionOf(authenticate: Authenticate, request: FastifyRequest): Promise<string | null> {
  try {
    return (await authenticate(request)).sessionId
  } catch (error) {
    const { sessionId } = error instanceof Refusal ? error.about : {}
    return typeof sessionId === 'string' ? sessionId : null
  }
}
