import type { FastifyRequest } from 'fastify'
import { hasWords, refuse, refuseField, say } from '@commonhall/kernel'
import { type Caller, findOrg } from '../../caller.ts'
import type { Engine } from '../../engine.ts'
import type { Answer } from '../../http/caller.ts'
import { pageOf } from '../../http/paging.ts'
import { idIn } from '../../roles/acting.ts'
import type { Hand } from './hand.ts'
import { testType } from '../messages/event-types.ts'
import { eyesOf, ownerOf } from '../owner.ts'
import { type Format, webhook } from '../webhook.ts'

interface ListedRow extends Record<string, unknown> {
  readonly id: string
  readonly state: string
  readonly next_at: string
  readonly outcome: string | null
  readonly status: number | null
}

interface AttemptRow extends Record<string, unknown> {
  readonly answer: string | null
  readonly outcome: string
  readonly status: number | null
}

const states = ['waiting', 'delivered', 'failed']

/** Whether it is known that the owner may be told of it: it has been made, or tried. */
const judged = "(d.body is not null or d.attempts > 0 or d.origin = 'test')"

const listed = `select d.id, d.type, d.record, d.state, d.attempts as attempt_count, d.created_at, d.next_at, d.done_at,
    a.outcome, a.status
  from foundation.webhook_delivery d
  left join foundation.webhook_attempt a on a.org_id = d.org_id and a.delivery_id = d.id and a.n = d.attempts`

export async function listDeliveries(engine: Engine, caller: Caller, request: FastifyRequest) {
  const id = idIn(request, webhook)
  await engine.records.find(caller, webhook, id)
  const { state } = request.query as { state?: unknown }
  if (state !== undefined && !states.includes(String(state)))
    refuse('invalid', say('webhooks:bad_state', { list: states.join(', ') }))
  const { rows, page } = await pageOf(engine, request, {
    scope: `${caller.org.id} ${id} deliveries ${String(state)}`,
    read: (limit, [after]: [string?]) =>
      engine.database.read<ListedRow>(caller.access, {
        text: `${listed} where d.webhook_id = $1 and ${judged} and ($2::text is null or d.state = $2)
            and ($3::uuid is null or d.id < $3) order by d.id desc limit $4`,
        values: [id, state ?? null, after ?? null, limit],
      }),
    mark: (row) => [row.id],
  })
  const [counted] = await engine.database.read<{ n: number }>(caller.access, {
    text: `select count(*)::integer as n from foundation.webhook_delivery where webhook_id = $1 and state = 'waiting'`,
    values: [id],
  })
  return { data: rows.map(present), page, waiting: counted?.n ?? 0 }
}

function present({ outcome, status, ...row }: ListedRow) {
  return {
    ...row,
    message_id: `msg_${row.id}`,
    next_at: row.state === 'waiting' ? row.next_at : null,
    last: outcome === null ? null : { outcome, status, said: saidOf(outcome, status) },
  }
}

function saidOf(outcome: string, status: number | null): string {
  const key = [`webhooks:outcome.${outcome}`, `webhooks:fault.${outcome}`].find(hasWords)
  return key ? say(key, { status }) : outcome
}

interface Body extends Record<string, unknown> {
  readonly body: string | null
  readonly made_for: string | null
}

/**
 * One message with its tries. What was made for the owner's eyes, and what a receiver answered, who may repeat it, is
 * for those who may read as much, as long as the owner may: what they might once do nobody knows any more.
 */
export async function readDelivery(engine: Engine, caller: Caller, request: FastifyRequest) {
  const id = idIn(request, webhook)
  const { owner, format } = await engine.records.find(caller, webhook, id)
  const one = idIn(request, webhook, 'delivery')
  const org = await findOrg(engine.database, caller.org.id)
  return await engine.database.transaction(caller.access, async (transaction) => {
    const { rows } = await transaction.query<ListedRow>(
      `${listed} where d.webhook_id = $1 and d.id = $2 and ${judged}`,
      [id, one],
    )
    const [row] = rows
    if (!row) return notHere()
    const attempts = await transaction.query<AttemptRow>(
      `select n, at, outcome, status, latency_ms, answer from foundation.webhook_attempt
      where delivery_id = $1 order by n desc limit 500`,
      [one],
    )
    const { rows: bodies } = await transaction.query<Body>(
      'select body, made_for from foundation.webhook_delivery where id = $1',
      [one],
    )
    const other = org && (await ownerOf(engine.registry, transaction, org, String(owner)))
    const isMadeFor = other && bodies[0]?.made_for === eyesOf(other, format as Format)
    const mayRead = isMadeFor && other.actor.permissions.isSubsetOf(caller.actor.permissions)
    const mayHear = mayRead || row['type'] === testType
    return {
      ...present(row),
      body: mayRead ? (bodies[0]?.body ?? null) : null,
      attempts: attempts.rows.map(({ answer, ...tried }) => ({
        ...tried,
        answer: mayHear ? answer : null,
        said: saidOf(tried.outcome, tried.status),
      })),
    }
  })
}

const notHere = (): never => refuse('not_found', say('webhooks:no_delivery'))

/** Sends one again, now, under the same id. */
export async function replayOne({ engine, caller, transaction, request }: Hand): Promise<Answer> {
  const id = idIn(request, webhook)
  await engine.records.forChange(transaction, caller, webhook, id, 'update', null)
  const one = idIn(request, webhook, 'delivery')
  const { rowCount } = await transaction.query(
    `update foundation.webhook_delivery set state = 'waiting', tries = 0, next_at = now(), done_at = null
    where webhook_id = $1 and id = $2 and coalesce(held_until <= now(), true)`,
    [id, one],
  )
  return rowCount ? { status: 202, body: { delivery: one } } : notHere()
}

/** Sends again whatever was sent or given up since then. */
export async function replaySinceThen({ engine, caller, transaction, request }: Hand): Promise<Answer> {
  const id = idIn(request, webhook)
  await engine.records.forChange(transaction, caller, webhook, id, 'update', null)
  const { since } = (request.body ?? {}) as { since?: unknown }
  const at = typeof since === 'string' && /^\d{4}-\d\d-\d\dT/.test(since) ? Date.parse(since) : NaN
  if (!(Date.now() - at <= 31 * 86_400_000)) {
    refuseField('since', 'bad_since', say('webhooks:bad_since'))
  }
  const { rowCount } = await transaction.query(
    `update foundation.webhook_delivery set state = 'waiting', tries = 0, next_at = now(), done_at = null
    where webhook_id = $1 and created_at >= $2 and state <> 'waiting' and origin <> 'test'`,
    [id, new Date(at).toISOString()],
  )
  return { status: 202, body: { replayed: rowCount ?? 0 } }
}
