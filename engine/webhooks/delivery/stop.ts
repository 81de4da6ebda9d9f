import { type Context, say } from '@commonhall/kernel'
import type { Transaction } from '../../database/pool.ts'
import { longestFailing } from './schedule.ts'
import { webhookStopped } from './stopped.ts'
import type { WebhookRow } from '../webhook.ts'

export type Because = 'gone' | 'failing' | 'owner' | 'no_secret'

/** Stops a webhook, says why, and tells those who can do something about it. What it has to send waits. */
export async function stopWebhook(
  context: Context,
  { query }: Transaction,
  webhook: Pick<WebhookRow, 'id'>,
  state: 'paused' | 'disabled',
  because: Because,
): Promise<void> {
  // No names: they would stay where nobody looks for them when somebody is erased.
  const reason = say(`webhooks:reason.${because}`, { days: longestFailing / 86_400_000 })
  const { rows } = await query<{ name: string }>(
    `update foundation.webhook_setup set state = $2, reason = $3, version = version + 1, updated_at = now()
    where id = $1 and state = 'active' returning name`,
    [webhook.id, state, reason],
  )
  const [stopped] = rows
  if (stopped) {
    const told = { webhook: webhook.id, name: stopped.name, reason }
    await context.notify(webhookStopped, told, { to: { permission: 'foundation.webhook.update' } })
  }
}
