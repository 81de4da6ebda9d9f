import { defineJob, type Event, field } from '@commonhall/kernel'
import type { Caller } from './caller.ts'
import type { Transaction } from './database/pool.ts'
import type { Jobs } from './jobs.ts'
import type { Registry } from './registry.ts'

/** Brings one event to one subscriber. The engine does its work; as a job it is retried until that succeeds. */
export const deliverEvent = defineJob('foundation.deliver-event', {
  fields: { event: field.ref('foundation.event', { required: true }), subscriber: field.text({ required: true }) },
  run: () => Promise.reject(new Error('The engine runs this job itself.')),
})

/** Writes an event down and queues its deliveries, all in the transaction of the change that it tells of. */
export async function announce(
  transaction: Transaction,
  caller: Caller,
  registry: Registry,
  jobs: Jobs,
  event: Event,
  payload: object,
): Promise<void> {
  const { rows } = await transaction.query<{ id: string }>(
    'insert into foundation.event (name, payload, actor, request_id) values ($1, $2, $3, $4) returning id',
    [event.name, JSON.stringify(payload), caller.actor.userId, caller.access.requestId],
  )
  const [{ id }] = rows as [{ id: string }]
  for (const { event: wanted, name } of registry.subscribers) {
    if (wanted !== event.name || !isListening(caller, name)) continue
    const data = { event: id, subscriber: name }
    await jobs.sendForOrg(transaction, caller.org.id, caller.access.requestId, deliverEvent, data, {
      key: `${id} ${name}`,
    })
  }
}

/** A subscriber is named after its module; one that the org has switched off hears nothing. */
const isListening = ({ org }: Caller, subscriber: string) => org.modules.has(subscriber.split('.')[0] ?? '')

/** Claims a delivery in the subscriber's own transaction. Null when the subscriber has already acted on the event. */
export async function claimDelivery(
  transaction: Transaction,
  event: string,
  subscriber: string,
): Promise<object | null> {
  const { rows } = await transaction.query<{ payload: object }>(
    `with claimed as (
      insert into foundation.delivery (event_id, subscriber) values ($1, $2) on conflict do nothing returning event_id)
    select payload from foundation.event where id = (select event_id from claimed)`,
    [event, subscriber],
  )
  return rows[0]?.payload ?? null
}
