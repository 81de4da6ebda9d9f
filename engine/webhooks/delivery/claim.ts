import type { Context } from '@commonhall/kernel'
import { houseCaller, type OrgRow } from '../../caller.ts'
import type { Transaction } from '../../database/pool.ts'
import type { Engine } from '../../engine.ts'
import { withBodies } from '../messages/make.ts'
import { ownerOf } from '../owner.ts'
import { sideBySide } from './schedule.ts'
import type { Secrets } from '../secrets.ts'
import { stopWebhook } from './stop.ts'
import type { DeliveryRow, WebhookRow } from '../webhook.ts'

/** A message that is sent now, by nobody else. */
export interface Message extends DeliveryRow {
  readonly body: string
}

/** What a webhook has to send now. */
export interface Claimed {
  readonly webhook: WebhookRow
  readonly secrets: readonly string[]
  readonly messages: readonly Message[]
}

/** Longer than any try takes: whoever holds a message until then has died. */
const heldFor = '60 seconds'

const columns = ['id', 'type', 'origin', 'source', 'record', 'body', 'made_for', 'attempts', 'tries', 'created_at']
  .map((name) => `d.${name}`)
  .join(', ')

/**
 * Of messages `p`: a later one about a record waits until the earlier one has arrived or was given up. So what is told
 * of one record is told in its order.
 */
export const isNext = `(p.record is null or not exists (
  select from foundation.webhook_delivery e
  where e.webhook_id = $1 and e.state = 'waiting' and e.record = p.record and e.id < p.id))`

/** Those that are due, oldest first. Chosen in one go: in a condition they may be chosen anew for each row. */
const due = `
  with chosen as materialized (
    select p.id from foundation.webhook_delivery p
    where p.webhook_id = $1 and p.state = 'waiting' and p.next_at <= now() and coalesce(p.held_until <= now(), true)
      and (p.origin = 'test' or not $3) and ${isNext}
    order by p.id limit $2 for update skip locked)
  update foundation.webhook_delivery d set held_until = now() + interval '${heldFor}' from chosen
  where d.webhook_id = $1 and d.id = chosen.id
  returning ${columns}`

/** So many times it is looked for something that may be told, before others have their turn. */
const mostRounds = 100

/**
 * Takes what a webhook has to send now, with bodies and secrets. Null when there is nothing more; a webhook whose owner
 * may not have one any more is paused here.
 */
export async function claim(engine: Engine, secrets: Secrets, org: OrgRow, id: string): Promise<Claimed | null> {
  return await engine.act(houseCaller(org, 'job'), async (context, transaction) => {
    // The webhook first and its messages then, as everywhere: who locks in another order waits for each other for ever.
    const { rows } = await transaction.query<WebhookRow>(
      `select id, version, name, url, format, events, state, owner, failures, failing_since, resting_until
      from foundation.webhook_setup where id = $1 for no key update`,
      [id],
    )
    const [webhook] = rows
    if (!webhook) return null
    const isResting = webhook.resting_until !== null && Date.parse(webhook.resting_until) > Date.now()
    const asked = [id, sideBySide(webhook.failures), webhook.state !== 'active' || isResting]
    const able = async () => await ableToSend({ engine, context, transaction, secrets, org }, webhook)
    let sending: Awaited<ReturnType<typeof able>> = null
    for (let round = 1; ; round += 1) {
      const taken = await transaction.query<DeliveryRow>(due, asked)
      if (!taken.rows.length) return null
      sending ??= await able()
      if (!sending) return await letGo(transaction, taken.rows)
      const messages = await withBodies({ engine, transaction, owner: sending.owner }, webhook, org, taken.rows)
      // Nothing of it may be told: on to the next.
      if (messages.length || round === mostRounds) return { webhook, secrets: sending.signing, messages }
    }
  })
}

interface House {
  readonly engine: Engine
  readonly context: Context
  readonly transaction: Transaction
  readonly secrets: Secrets
  readonly org: OrgRow
}

/** The owner and the secrets; a webhook that lacks one of them is stopped. */
async function ableToSend({ engine, context, transaction, secrets, org }: House, webhook: WebhookRow) {
  const owner = await ownerOf(engine.registry, transaction, org, webhook.owner)
  const signing = owner ? await secrets.of(transaction, webhook.id).catch(() => []) : []
  if (owner && signing.length) return { owner, signing }
  if (owner) await stopWebhook(context, transaction, webhook, 'disabled', 'no_secret')
  else await stopWebhook(context, transaction, webhook, 'paused', 'owner')
  return null
}

async function letGo({ query }: Transaction, rows: readonly DeliveryRow[]): Promise<null> {
  const ids = rows.map(({ id }) => id)
  await query('update foundation.webhook_delivery set held_until = null where id = any ($1)', [ids])
  // A test that cannot be sent would be tried for ever.
  await query(
    `update foundation.webhook_delivery set state = 'failed', done_at = now() where id = any ($1) and origin = 'test'`,
    [ids],
  )
  return null
}
