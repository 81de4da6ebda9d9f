import type { Context } from '@commonhall/kernel'
import type { Transaction } from '../database/pool.ts'
import type { Registry } from '../registry.ts'

/** Brings an event to its subscriber, in the subscriber's own transaction. One that is gone by now hears nothing. */
export async function deliver(
  { subscribers }: Registry,
  context: Context,
  transaction: Transaction,
  { event, subscriber: name }: Record<string, unknown>,
): Promise<void> {
  const subscriber = subscribers.find((one) => one.name === name)
  if (!subscriber) return
  const { rows } = await transaction.query<{ payload: Record<string, unknown> }>(
    'select payload from foundation.event where id = $1',
    [event],
  )
  if (rows[0]) await subscriber.run(context, rows[0].payload)
}
