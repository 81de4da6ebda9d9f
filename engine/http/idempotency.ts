import { createHash } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { refuse, say } from '@commonhall/kernel'
import type { Access } from '../database/access.ts'
import type { Transaction } from '../database/pool.ts'
import type { Answer } from './caller.ts'

/** A request, as far as it matters whether it is the same one again. */
type Sendable = Pick<FastifyRequest, 'method' | 'url' | 'headers' | 'body'>

/**
 * Runs a POST once per Idempotency-Key. The key's row is inserted first, so a second request with the same key waits
 * for the first one's commit and then gets its reply; reply and effect are in one transaction.
 * The reply is given again only to somebody who may still do what they might do then.
 */
export async function once(
  request: Sendable,
  access: Access,
  transaction: Transaction,
  work: () => Promise<Answer>,
): Promise<Answer> {
  const key = request.method === 'POST' ? keyOf(request) : null
  if (key === null) return await work()
  const hash = createHash('sha256')
    .update(`${request.url}\n${JSON.stringify(request.body ?? null)}`)
    .digest('hex')
  const claimed = await transaction.query(
    `insert into foundation.idempotency_key as k (actor, key, request_hash, access)
    values (foundation.current_actor(), $1, $2, $3)
    on conflict (org_id, actor, key) do update set request_hash = excluded.request_hash, access = excluded.access,
      status = null, headers = null, body = null, created_at = now() where k.created_at < now() - interval '24 hours'`,
    [key, hash, stampsOf(access)],
  )
  if (!claimed.rowCount) return await firstReply(transaction, key, hash, stampsOf(access))
  const answer = await work()
  await transaction.query(
    `update foundation.idempotency_key set status = $2, headers = $3, body = $4
    where actor = foundation.current_actor() and key = $1`,
    [
      key,
      answer.status,
      JSON.stringify(answer.headers ?? {}),
      answer.body === undefined ? null : JSON.stringify(answer.body),
    ],
  )
  return answer
}

/** Changes whenever what the sender may do in the org changes; the transaction has proved that it is of now. */
const stampsOf = (access: Access) => (access.kind === 'user' ? `${access.userStamp}:${access.orgStamp}` : 'house')

/** The key under which a request may be sent again. */
export function keyOf(request: Pick<FastifyRequest, 'headers'>): string | null {
  const key = request.headers['idempotency-key']
  if (key === undefined) return null
  return typeof key === 'string' && /^[\x21-\x7e]{1,200}$/.test(key)
    ? key
    : refuse('bad_key', say('engine:http.bad_key'), { status: 400 })
}

async function firstReply(transaction: Transaction, key: string, hash: string, stamps: string): Promise<Answer> {
  const { rows } = await transaction.query<{
    request_hash: string
    access: string
    status: number
    headers: Record<string, string>
    body: unknown
  }>(
    `select request_hash, access, status, headers, body from foundation.idempotency_key
    where actor = foundation.current_actor() and key = $1`,
    [key],
  )
  const [first] = rows
  if (!first || first.request_hash !== hash) return refuse('key_reused', say('engine:http.key_reused'))
  if (first.access !== stamps) return refuse('conflict', say('engine:http.key_outlived'))
  return { status: first.status, headers: first.headers, ...(first.body === null ? {} : { body: first.body }) }
}
