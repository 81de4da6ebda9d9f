import type { Context } from '@commonhall/kernel'
import type { Transaction } from '../../database/pool.ts'
import type { Message } from './claim.ts'
import type { Fault } from '../http/destination.ts'
import type { Answer } from '../http/post-to.ts'
import { askedPause, longestFailing, pauseAfter, restAfter, wasDown } from './schedule.ts'
import { stopWebhook } from './stop.ts'
import type { DeliveryRow, WebhookRow } from '../webhook.ts'

/** What came of a try, as it is kept: a key of `webhooks:outcome` or `webhooks:fault`. */
export type Outcome =
  | 'delivered'
  | 'refused'
  | 'redirected'
  | 'gone'
  | 'not_made'
  | Exclude<Answer['outcome'], 'answered'>
  | Fault

export interface Try {
  readonly outcome: Outcome
  readonly status: number | null
  readonly answer: string
  readonly retryAfter: string | null
  readonly latencyMs: number
}

export function tryOf(answer: Answer): Try {
  const { status, outcome } = answer
  return { ...answer, outcome: outcome === 'answered' ? outcomeOf(status ?? 0) : outcome }
}

function outcomeOf(status: number): Outcome {
  if (status >= 200 && status < 300) return 'delivered'
  if (status === 410) return 'gone'
  return status >= 300 && status < 400 ? 'redirected' : 'refused'
}

/** Writes down what came of a try, when the next one is, and what it says about the webhook as a whole. */
export async function settle(
  context: Context,
  transaction: Transaction,
  webhook: WebhookRow,
  message: Message,
  tried: Try,
): Promise<void> {
  const { outcome, status, retryAfter } = tried
  await transaction.query('select from foundation.webhook_setup where id = $1 for no key update', [webhook.id])
  if (!(await writeDown(transaction, message, tried)) || message.origin === 'test') return
  if (outcome === 'delivered') await noteSuccess(transaction, webhook)
  else if (outcome === 'gone') await stopWebhook(context, transaction, webhook, 'disabled', 'gone')
  else await noteFailure(context, transaction, webhook, status === 429 || status === 503 ? askedPause(retryAfter) : 0)
}

/** Writes down what came of a try of a message. False: it was deleted meanwhile, with its webhook. */
export async function writeDown({ query }: Transaction, message: DeliveryRow, tried: Try): Promise<boolean> {
  const { outcome, status, answer, latencyMs, retryAfter } = tried
  const tries = message.tries + 1
  const pause = outcome === 'delivered' || message.origin === 'test' ? null : pauseAfter(tries)
  const state = outcome === 'delivered' ? 'delivered' : pause === null ? 'failed' : 'waiting'
  const { rows } = await query<{ attempts: number }>(
    `update foundation.webhook_delivery set state = $2, attempts = attempts + 1, tries = $3, held_until = null,
      next_at = now() + make_interval(secs => $4), done_at = case when $2 <> 'waiting' then now() end
    where id = $1 returning attempts`,
    [message.id, state, tries, Math.max(pause ?? 0, askedPause(retryAfter)) / 1000],
  )
  if (!rows[0]) return false
  await query(
    `insert into foundation.webhook_attempt (delivery_id, n, status, latency_ms, outcome, answer)
    values ($1, $2, $3, $4, $5, $6)`,
    [message.id, rows[0].attempts, status, latencyMs, outcome, answer || null],
  )
  return true
}

/** The receiver is there. When it was not before, what waited for it goes out now. */
async function noteSuccess({ query }: Transaction, { id, failures }: WebhookRow): Promise<void> {
  const { rowCount } = await query(
    `update foundation.webhook_setup set failures = 0, failing_since = null, resting_until = null
    where id = $1 and failures > 0`,
    [id],
  )
  if (rowCount && wasDown(failures))
    await query(
      `update foundation.webhook_delivery set next_at = now()
      where webhook_id = $1 and state = 'waiting' and next_at > now()`,
      [id],
    )
}

async function noteFailure(context: Context, transaction: Transaction, webhook: WebhookRow, asked: number) {
  const { rows } = await transaction.query<{ failures: number; since: string }>(
    `update foundation.webhook_setup set failures = failures + 1, failing_since = coalesce(failing_since, now())
    where id = $1 returning failures, failing_since as since`,
    [webhook.id],
  )
  const [row] = rows
  if (!row) return
  const rest = Math.max(restAfter(row.failures), asked)
  if (rest > 0)
    await transaction.query(
      'update foundation.webhook_setup set resting_until = now() + make_interval(secs => $2) where id = $1',
      [webhook.id, rest / 1000],
    )
  if (Date.now() - Date.parse(row.since) > longestFailing)
    await stopWebhook(context, transaction, webhook, 'disabled', 'failing')
}
