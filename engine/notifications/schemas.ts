import type { JsonSchema } from '@commonhall/kernel'
import { mailPaces } from '@commonhall/kernel'
import { id, instant, list, maybe, object } from '../http/shapes.ts'

const text = (maxLength: number): JsonSchema => ({ type: 'string', maxLength })
const flag: JsonSchema = { type: 'boolean' }
const count: JsonSchema = { type: 'integer', minimum: 0 }

/** So many are marked at once. */
export const mostIds = 200

const line = object({
  id,
  kind: { ...text(100), description: 'The name of the kind, such as members.card-expires' },
  label: { ...text(200), description: 'The kind in words' },
  title: text(1000),
  paragraphs: list(text(5000), 50),
  facts: list(object({ label: text(200), value: text(2000) }), 50),
  act: { ...maybe(text(200)), description: 'What there is to do, in words' },
  path: { ...maybe(text(500)), description: "Where it leads, within the organization's pages" },
  resource: maybe(text(120)),
  record: maybe(id),
  created_at: instant,
  read_at: maybe(instant),
})

export const inboxPage = object({
  data: list(line, 200),
  page: object({ next: maybe(text(2000)) }),
  unread: count,
})

export const unreadReply = object({ unread: count })

export const readBody: JsonSchema = {
  type: 'object',
  additionalProperties: false,
  description: 'Either of the two',
  properties: { ids: list(id, mostIds), all: { const: true } },
}

export const unreadBody = object({ ids: list(id, mostIds) })

export const inboxQuery: JsonSchema = {
  type: 'object',
  properties: {
    limit: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
    after: { ...text(2000), description: 'The `page.next` of the page before' },
    unread: { type: 'string', enum: ['true', 'false'], default: 'false' },
  },
}

const pace: JsonSchema = { type: 'string', enum: [...mailPaces] }
const clock: JsonSchema = { type: 'string', pattern: '^([01]\\d|2[0-3]):[0-5]\\d$' }
const quiet = maybe(object({ from: clock, until: clock }))
const digest = (required?: readonly string[]) =>
  object(
    {
      hour: { type: 'integer', minimum: 0, maximum: 23 },
      weekday: { type: 'integer', minimum: 1, maximum: 7, description: '1 Monday … 7 Sunday' },
    },
    required,
  )

export const settingsSchema = object({
  kinds: list(object({ kind: text(100), label: text(200), module: text(100), inbox: flag, mail: pace, always: flag })),
  digest: digest(),
  quiet,
  time_zone: text(60),
  time_zones: list(text(60), 1000),
  no_mail: { ...flag, description: 'Nothing by mail but what everybody gets' },
})

export const settingsChange = object(
  {
    kinds: list(object({ kind: text(100), inbox: flag, mail: pace }, ['kind']), 500),
    digest: digest([]),
    quiet,
    time_zone: { ...maybe(text(60)), description: "null for the organization's" },
    no_mail: flag,
  },
  [],
)

export const unsubscribeSchema = object({
  org: text(300),
  label: text(300),
  email: { ...text(254), description: 'The address, mostly masked' },
  mail: pace,
  unsubscribed: flag,
  all: { ...flag, description: 'Whether all mail of the organization is off' },
  still: list(text(200), 500),
  one_click: { const: true },
})
