import { defineJob, type Event, field } from '@commonhall/kernel'
import type { Caller } from '../caller.ts'
import type { Transaction } from '../database/pool.ts'
import type { Jobs } from '../jobs/index.ts'
import type { Registry } from '../registry.ts'

/** Brings one event to one subscriber. The engine does its work; as a job it is retried until that succeeds. */
export const deliverEvent = defineJob('foundation.deliver-event', {
  fields: { event: field.ref('foundation.event', { required: true }), subscriber: field.text({ required: true }) },
  run: () => Promise.reject(new Error('The engine runs this job itself.')),
})

/**
 * Writes an event down and queues its deliveries, all in the transaction of the change that it tells of. Deliveries
 * about one record to one subscriber go one after the other, in the order of the changes: whoever changes a record
 * holds it until the commit, so the next who announces something about it comes later.
 */
export async function announce(
  transaction: Transaction,
  caller: Caller,
  registry: Registry,
  jobs: Jobs,
  event: Event,
  payload: object,
): Promise<void> {
  const about = event.record === undefined ? null : ((payload as Record<string, string | null>)[event.record] ?? null)
  const { rows } = await transaction.query<{ id: string }>(
    'insert into foundation.event (name, payload, record, actor, request_id) values ($1, $2, $3, $4, $5) returning id',
    [event.name, JSON.stringify(payload), about, caller.actor.userId, caller.access.requestId],
  )
  const [{ id }] = rows as [{ id: string }]
  for (const { event: wanted, name } of registry.subscribers) {
    if (wanted !== event.name || !isListening(caller, name)) continue
    const data = { event: id, subscriber: name }
    await jobs.sendForOrg(transaction, caller.org.id, caller.access.requestId, deliverEvent, data, {
      key: `${name} ${about ?? id}`,
    })
  }
}

/** A subscriber is named after its module; one that the org has switched off hears nothing. */
const isListening = ({ org }: Caller, subscriber: string) => org.modules.has(subscriber.split('.')[0] ?? '')
