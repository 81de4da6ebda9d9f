import { type JsonSchema, orgKinds } from '@commonhall/kernel'
import { id, instant, list, maybe, object, page } from '../http/shapes.ts'
import { accents } from './presets.ts'

const text: JsonSchema = { type: 'string', maxLength: 1000 }
const count: JsonSchema = { type: 'integer', minimum: 0 }

const kind: JsonSchema = { type: 'string', enum: orgKinds }
const records = list(object({ name: text, label: text, count }), 1000)

const org: Record<string, JsonSchema> = {
  slug: text,
  name: text,
  kind,
  accent: { type: 'string', maxLength: 20 },
  time_zone: text,
  state: { type: 'string', enum: ['active', 'suspended'] },
  suspended_at: maybe(instant),
  suspended_because: maybe(text),
  created_at: instant,
  modules: list(object({ name: text, label: text })),
  has_admin: { type: 'boolean', description: 'Whether somebody can act as its admin' },
  people: count,
  records,
  changes: { ...count, description: 'Entries of the audit trail' },
  bytes: { ...count, description: 'Size of its rows, without indexes' },
  counted_at: { ...maybe(instant), description: 'When records, changes and bytes were counted' },
  last_act_at: maybe(instant),
}

export const orgPage = page(object(org))

export const orgReply = object({
  ...org,
  switches: list(
    object({
      name: text,
      label: text,
      purpose: text,
      is_on: { type: 'boolean' },
      can: { anyOf: [{ const: true }, text], description: 'Whether it can be switched, or why not' },
    }),
  ),
  files: object({
    bytes: { ...count, description: 'What its files come to, now' },
    quota: { ...count, description: 'What they may come to' },
    usual_quota: { ...count, description: 'What those of an organization may come to unless a host says otherwise' },
    is_own: { type: 'boolean', description: 'Whether a host said otherwise' },
  }),
  days: list(
    object({
      on: { type: 'string', format: 'date' },
      people: count,
      records: count,
      changes: count,
      bytes: count,
      file_bytes: count,
    }),
    400,
  ),
})

export const actPage = page(
  object({
    id,
    at: instant,
    host_name: text,
    act: text,
    org: { ...maybe(text), description: 'Null: work of the house itself' },
    old: { type: 'object', additionalProperties: true },
    new: { type: 'object', additionalProperties: true },
  }),
)

export const presetsReply = object({
  data: list(
    object({
      kind,
      label: text,
      accent: text,
      time_zone: text,
      roles: list(text),
      modules: list(text),
    }),
  ),
  modules: list(object({ name: text, label: text, purpose: text, needs: list(text) })),
  accents: { type: 'array', maxItems: 20, items: { type: 'string', enum: accents } },
})

export const healthReply = object({
  version: text,
  node: text,
  started_at: instant,
  memory_bytes: count,
  orgs: object({ all: count, suspended: count }),
  people: count,
  sessions: count,
  database: object({
    version: text,
    bytes: count,
    connections: count,
    most_connections: count,
    ms: { type: 'number' },
  }),
  queue: object({
    waiting: count,
    running: count,
    failed: { ...count, description: 'Failed at their last try; an operator decides' },
    oldest_waiting_at: maybe(instant),
    jobs: list(object({ name: text, label: text, waiting: count, failed: count })),
  }),
  mails: object({
    waiting: { ...count, description: 'Are tried and could not be sent yet' },
    oldest_seconds: maybe({ type: 'number', minimum: 0 }),
    failed_last_hour: { ...count, description: 'Given up, or sent back' },
  }),
  webhooks: object({
    waiting: { ...count, description: 'Messages that wait to be sent' },
    disabled: { ...count, description: 'Webhooks that send nothing more, for they failed for days' },
  }),
  mail: { type: 'string', maxLength: 60, description: 'How mail goes: smtp, mailbox, none, or what a module brings' },
  files: object({
    bytes: { ...count, description: 'Of all organizations' },
    store: { type: 'string', maxLength: 20, description: 'Where new files go: disk, s3' },
    store_state: { type: 'string', enum: ['ready', 'away'] },
    scanner: { type: 'string', enum: ['ready', 'away', 'none'], description: 'What looks for viruses' },
    without_scanner: { type: 'string', enum: ['hold', 'allow'], description: 'What becomes of files without one' },
  }),
  storage: maybe(object({ free_bytes: count, bytes: count })),
  migrations: object({ count, last_at: maybe(instant) }),
})

export const hostOrgParameters: JsonSchema = {
  type: 'object',
  required: ['org'],
  properties: { org: { type: 'string', maxLength: 60, description: "The organization's address, such as local-100" } },
}

export const orgQuery: JsonSchema = {
  type: 'object',
  properties: {
    limit: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
    after: { type: 'string', maxLength: 2000, description: 'The `page.next` of the page before' },
    q: { type: 'string', maxLength: 100, description: 'Words that must all occur in name or address' },
    state: { type: 'string', enum: ['active', 'suspended'] },
  },
}

export const actQuery: JsonSchema = {
  type: 'object',
  properties: {
    limit: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
    after: { type: 'string', maxLength: 2000, description: 'The `page.next` of the page before' },
    org: { type: 'string', maxLength: 60, description: 'What was done to this organization alone' },
  },
}
