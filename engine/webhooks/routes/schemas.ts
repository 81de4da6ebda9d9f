import type { JsonSchema } from '@commonhall/kernel'
import { rowSchema } from '../../http/schemas.ts'
import { id, instant, list, maybe, object } from '../../http/shapes.ts'
import type { Registry } from '../../registry.ts'
import { formats, webhook } from '../webhook.ts'

const text = (maxLength: number): JsonSchema => ({ type: 'string', maxLength })
const eventNames = { ...list(text(200), 500), minItems: 1, description: 'Types of GET /webhook-events' }

const settings = {
  name: { type: 'string', minLength: 1, maxLength: 100 },
  url: { ...text(2000), description: 'https://…; http://… too, but then others can read along' },
  events: eventNames,
  format: { type: 'string', enum: [...formats], default: 'standard' },
} satisfies Record<string, JsonSchema>

export const newWebhook = object(settings, ['name', 'url', 'events'])
export const changedWebhook = object(settings, [])

type ObjectSchema = JsonSchema & { readonly properties: Record<string, JsonSchema>; readonly required: string[] }

/** A webhook's row. */
export const webhookReply = (registry: Registry) => rowSchema(webhook, registry.guarded(webhook)) as ObjectSchema

/** The row, and its secret in the first reply alone. */
export function webhookCreated(registry: Registry): JsonSchema {
  const row = webhookReply(registry)
  const secret = { ...text(100), description: 'Given once. It is left out when the same request is sent again.' }
  return { ...row, properties: { ...row.properties, secret } }
}

const outcome = {
  outcome: { ...text(40), description: 'delivered, refused, redirected, gone, timeout, unreachable, …' },
  said: { ...text(500), description: 'The outcome in words' },
  status: { ...maybe({ type: 'integer', minimum: 100, maximum: 999 }), description: 'HTTP status' },
}

const attempt = object({
  n: { type: 'integer', minimum: 1 },
  at: instant,
  ...outcome,
  latency_ms: { type: 'integer', minimum: 0 },
  answer: { ...maybe(text(1000)), description: 'What the receiver wrote, its beginning' },
})

const delivery = {
  id,
  message_id: { ...text(60), description: 'The webhook-id that the receiver sees, the same at each try' },
  type: text(200),
  record: maybe(id),
  state: { type: 'string', enum: ['waiting', 'delivered', 'failed'] },
  attempt_count: { type: 'integer', minimum: 0 },
  last: { ...maybe(object(outcome)), description: 'What came of the last attempt' },
  created_at: instant,
  next_at: { ...maybe(instant), description: 'When it is tried next, while it waits' },
  done_at: maybe(instant),
} satisfies Record<string, JsonSchema>

export const deliveryPage = object({
  data: list(object(delivery), 200),
  page: object({ next: maybe(text(2000)) }),
  waiting: { type: 'integer', minimum: 0, description: 'How many messages wait in all' },
})

export const wholeDelivery = object({
  ...delivery,
  body: {
    ...maybe(text(65_536)),
    description: 'What was sent; null before it is made, and for those who may read less than the owner of the webhook',
  },
  attempts: list(attempt, 500),
})

export const deliveryParameters = {
  type: 'object',
  required: ['slug', 'id', 'delivery'],
  properties: { slug: { type: 'string', maxLength: 60 }, id, delivery: id },
} as const

export const deliveryQuery = {
  type: 'object',
  properties: {
    limit: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
    after: { type: 'string', maxLength: 2000, description: 'The `page.next` of the page before' },
    state: { type: 'string', enum: ['waiting', 'delivered', 'failed'] },
  },
} as const

export const replaySince = object({ since: { ...instant, description: 'At most 30 days ago' } })

export const eventCatalog = object({
  data: list(
    object({
      type: text(200),
      label: text(300),
      module: text(100),
      resource: maybe(text(100)),
      example: {
        type: 'object',
        description: 'A message of this type in the standard format',
        additionalProperties: true,
      },
    }),
    5000,
  ),
})
