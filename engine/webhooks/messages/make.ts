import type { Caller, OrgRow } from '../../caller.ts'
import type { Transaction } from '../../database/pool.ts'
import type { Engine } from '../../engine.ts'
import { bodyOf } from './bodies.ts'
import type { Message } from '../delivery/claim.ts'
import { eyesOf } from '../owner.ts'
import { writeDown } from '../delivery/settle.ts'
import { toldBy } from './told.ts'
import type { DeliveryRow, WebhookRow } from '../webhook.ts'

interface Making {
  readonly engine: Engine
  readonly transaction: Transaction
  readonly owner: Caller
}

/** The messages that may be told, oldest first, each with its body. */
export async function withBodies(
  making: Making,
  webhook: WebhookRow,
  org: OrgRow,
  rows: readonly DeliveryRow[],
): Promise<Message[]> {
  const eyes = eyesOf(making.owner, webhook.format)
  const messages: Message[] = []
  for (const row of rows.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const body = row.made_for === eyes && row.body !== null ? row.body : await made(making, webhook, org, row, eyes)
    if (body !== null) messages.push({ ...row, body })
  }
  return messages
}

/** Makes a body. One that cannot be made is tried again later like one that did not arrive, and holds up no other. */
async function made(
  making: Making,
  webhook: WebhookRow,
  org: OrgRow,
  row: DeliveryRow,
  eyes: string,
): Promise<string | null> {
  const { engine, transaction } = making
  await transaction.query('savepoint message')
  try {
    return await make(making, webhook, org, row, eyes)
  } catch (error) {
    // Where the connection is gone this fails too, and with it the whole claim.
    await transaction.query('rollback to savepoint message')
    engine.log.error({ job: 'webhooks', delivery: row.id, err: error }, 'the message of a webhook cannot be made')
    await writeDown(transaction, row, { outcome: 'not_made', status: null, answer: '', retryAfter: null, latencyMs: 0 })
    return null
  }
}

/** Writes the body down, or lets go of a message that the owner may not read. */
async function make(
  where: Making,
  { name, format }: WebhookRow,
  org: OrgRow,
  row: DeliveryRow,
  eyes: string,
): Promise<string | null> {
  const { query } = where.transaction
  const told = await toldBy(where, row)
  if (!told) {
    await letGo(where.transaction, row)
    return null
  }
  const body = bodyOf(format, told, { org, publicUrl: where.engine.settings.publicUrl, name })
  await query(
    'update foundation.webhook_delivery set body = $2, made_for = $3, record = coalesce(record, $4) where id = $1',
    [row.id, body, eyes, told.about?.id ?? null],
  )
  return body
}

/** No trace is left of what the owner was never told of; of what was tried before it stands that it was given up. */
const letGo = ({ query }: Transaction, { id, attempts }: DeliveryRow) =>
  query(
    attempts === 0
      ? 'delete from foundation.webhook_delivery where id = $1'
      : `update foundation.webhook_delivery set state = 'failed', body = null, held_until = null, done_at = now()
        where id = $1`,
    [id],
  )
