import type { FastifyReply, FastifyRequest } from 'fastify'
import { Refusal, refuse, say } from '@commonhall/kernel'
import type { Caller, Sender } from '../caller.ts'
import { accessChanged } from '../database/access.ts'
import type { Engine } from '../engine.ts'
import { noteDenied, noteStranger } from './denials.ts'
import { refuseSuspended } from './suspended.ts'

/** Who a request comes from, as far as its token or cookie tells. Given by the sign-in part. */
export type Authenticate = (request: FastifyRequest) => Promise<Pick<Sender, 'sessionId' | 'via' | 'address'>>

/** How often a request begins anew because somebody keeps changing what its sender may do. */
const mostTries = 3

/**
 * Runs a handler as the caller. When their access has changed since the server last looked, it looks again and runs the
 * handler once more: nothing of the first try was written, because the check comes before the first statement.
 */
export async function asCaller<Value>(
  engine: Engine,
  authenticate: Authenticate,
  request: FastifyRequest,
  work: (caller: Caller) => Promise<Value>,
): Promise<Value> {
  const denied = (who: Parameters<typeof noteDenied>[3]) => (error: unknown) => {
    noteDenied(engine, request, error, who)
    throw error
  }
  const from = await authenticate(request).catch(denied(null))
  const sender = { ...from, requestId: request.id }
  const { slug } = request.params as { slug: string }
  for (let tries = 1; ; tries += 1) {
    const caller = await engine.callers.find(sender, slug)
    if (caller === 'ended')
      return refuse('not_signed_in', say('engine:access.not_signed_in'), { headers: { 'www-authenticate': 'Bearer' } })
    if (caller === 'stranger') {
      await refuseSuspended(engine, sender.sessionId, slug).catch(denied(sender))
      noteStranger(engine, request, sender)
      return refuse('not_found', say('engine:access.no_such_org'))
    }
    try {
      if (caller.secondFactorMissing) refuse('second_factor_missing', say('engine:rule.second_factor_missing'))
      return await work(caller)
    } catch (error) {
      if (tries === mostTries || !(await isOutdated(engine, caller, error))) {
        denied(sender)(error)
      }
      engine.callers.forget(sender.sessionId, slug)
    }
  }
}

/** Whether to look again. A refusal is proved too: it may stand on a right that has been given or taken since. */
async function isOutdated(engine: Engine, { access }: Caller, error: unknown): Promise<boolean> {
  if (!(error instanceof Refusal)) return isAccessChange(error)
  return await engine.database.prove(access).then(() => false, isAccessChange)
}

const isAccessChange = (error: unknown) => (error as { code?: string }).code === accessChanged

/** The version of If-Match; null when the header is not there. */
export function expectedVersion(request: FastifyRequest): number | null {
  const header = request.headers['if-match']
  if (header === undefined || header === '*') return null
  const match = /^(?:W\/)?"?(\d{1,9})"?$/.exec(header)
  return match ? Number(match[1]) : refuse('bad_match', say('engine:record.bad_match'), { status: 400 })
}

export const etag = (version: number) => `"${version}"`

/** What a write answers; kept under its Idempotency-Key, so it must be plain. */
export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: unknown
  /** Members of the body that go out now and are kept nowhere: a repeated request is not told them again. */
  readonly once?: Readonly<Record<string, unknown>>
}

export function sendAnswer(reply: FastifyReply, { status, headers = {}, body, once }: Answer): FastifyReply {
  reply.code(status).headers(headers)
  if (body === undefined) return reply.send()
  return reply.type('application/json').send(JSON.stringify(once ? { ...body, ...once } : body))
}
