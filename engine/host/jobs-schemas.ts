import type { JsonSchema } from '@commonhall/kernel'
import { id, instant, list, maybe, object, page } from '../http/shapes.ts'

const text: JsonSchema = { type: 'string', maxLength: 200 }
const count: JsonSchema = { type: 'integer', minimum: 0 }
const label: JsonSchema = { ...text, description: 'What is true when it is done, as people read it' }

export const queuesReply = object({
  data: list(
    object({
      name: text,
      label,
      waiting: { ...count, description: 'Could run now' },
      delayed: { ...count, description: 'Wait for their time, or their turn to be tried again' },
      running: count,
      failed: { ...count, description: 'Failed at their last try; an operator decides' },
      oldest_seconds: { ...maybe({ type: 'number', minimum: 0 }), description: 'Since when the oldest could run' },
      done_last_hour: count,
    }),
  ),
})

const failure = object({
  id,
  queue: text,
  label,
  org: { ...maybe(object({ id, slug: text, name: text })), description: 'Null: work of the house' },
  subscriber: { ...maybe(text), description: 'Who was to hear of an event' },
  tries: count,
  queued_at: instant,
  failed_at: instant,
  kept_until: { ...instant, description: 'When it is thrown away' },
  error: object(
    {
      type: { ...text, description: 'The kind of error; its words are not kept, for they may be about people' },
      code: text,
      constraint: text,
      at: { ...list(text, 20), description: 'Where in the program, innermost first' },
    },
    ['type', 'at'],
  ),
  holds_up: { ...count, description: 'Deliveries about the same record that wait until this one is settled' },
})

export const failurePage = page(failure)

export const failureQuery: JsonSchema = {
  type: 'object',
  properties: {
    limit: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
    after: { type: 'string', maxLength: 2000, description: 'The `page.next` of the page before' },
    queue: { ...text, description: 'What failed in this queue alone' },
  },
}

export const settledReply = object({
  count: { ...count, description: 'How many there were to do it to; others have been settled meanwhile' },
})

export const schedulesReply = object({
  data: list(
    object({
      queue: text,
      label,
      cron: { ...text, description: 'Five cron fields: in UTC, or in the time zone of each organization' },
      orgs: { ...maybe(count), description: 'In how many organizations; null: work of the house' },
      next_at: { ...instant, description: 'The soonest' },
    }),
  ),
})
