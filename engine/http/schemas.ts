import { type Fields, isArchivable, type JsonSchema, kindOf, type Resource } from '@commonhall/kernel'
import { houseFields } from '../records/list-query.ts'
import { problemSchema } from './problems.ts'
import { id, instant, maybe, object } from './shapes.ts'

/** The JSON schema of one field's values. */
export function fieldSchema(declared: Fields[string], optional: boolean): JsonSchema {
  const schema = kindOf(declared).schema(declared)
  return optional && schema.type ? maybe(schema) : schema
}

/** A request's body: what can be given, and nothing else. */
export function inputSchema(fields: Fields, partial: boolean): JsonSchema {
  const open = Object.entries(fields).filter(([, { computed, immutable }]) => !computed && !(partial && immutable))
  const needed = open
    .filter(([, { required, default: fallback }]) => required && fallback === undefined)
    .map(([name]) => name)
  const properties = open.map(([name, declared]) => [name, fieldSchema(declared, !declared.required)])
  return object(Object.fromEntries(properties) as Record<string, JsonSchema>, partial ? [] : needed)
}

/** What rows of a resource have besides their fields. */
export type Extras = Readonly<Record<string, JsonSchema>>

/** A record as it is answered. What is `guarded` is left out where the caller may not read it: null is no value. */
export function rowSchema(resource: Resource, guarded: readonly string[], extras: Extras = {}): JsonSchema {
  const own = Object.entries(resource.fields).map(([name, declared]) => [
    name,
    {
      ...fieldSchema(declared, !declared.required),
      ...(guarded.includes(name) ? { description: 'Left out where your role does not show it' } : {}),
    },
  ])
  const titles = Object.values(resource.fields).some((declared) => (declared as { to?: string }).to)
  const house = {
    id,
    version: { type: 'integer', minimum: 1 },
    created_at: instant,
    updated_at: instant,
    ...(isArchivable(resource) ? { archived_at: maybe(instant) } : {}),
    ...(titles ? { titles: { type: 'object', additionalProperties: { type: ['string', 'null'] } } } : {}),
    can: {
      type: 'object',
      description: 'For each act: true, or the reason why it is not open',
      additionalProperties: { anyOf: [{ const: true }, { type: 'string' }] },
    },
    ...extras,
  } as const
  return object({ ...house, ...(Object.fromEntries(own) as Record<string, JsonSchema>) }, [
    ...Object.keys(house),
    ...Object.keys(resource.fields).filter((name) => !guarded.includes(name)),
  ])
}

export function pageSchema(resource: Resource, guarded: readonly string[], extras: Extras = {}): JsonSchema {
  return {
    type: 'object',
    required: ['data', 'page'],
    properties: {
      data: { type: 'array', maxItems: 200, items: rowSchema(resource, guarded, extras) },
      page: { type: 'object', required: ['next'], properties: { next: { type: ['string', 'null'] } } },
      total: { type: 'integer', minimum: 0 },
    },
  }
}

/** The query string of a list, for the description; the list reads it itself, with sentences for what is wrong. */
export function listParameters(resource: Resource, paged: boolean): JsonSchema {
  const pages: Record<string, JsonSchema> = paged
    ? {
        limit: { type: 'integer', minimum: 1, maximum: 200, default: 50 },
        after: { type: 'string', maxLength: 2000, description: 'The `page.next` of the page before' },
        count: { type: 'string', enum: ['exact', 'none'], default: 'none' },
      }
    : { format: { type: 'string', enum: ['csv', 'xlsx'], default: 'csv' } }
  const archived: JsonSchema = { type: 'string', enum: ['true', 'false', 'any'], default: 'false' }
  return {
    type: 'object',
    properties: {
      ...pages,
      sort: {
        type: 'string',
        maxLength: 200,
        description: 'Fields separated by commas; `-` before one for descending',
      },
      q: { type: 'string', maxLength: 100, description: 'Words that must all occur' },
      ...(isArchivable(resource) ? { 'filter[archived]': archived } : {}),
      ...Object.fromEntries(
        Object.entries({ ...resource.fields, ...houseFields }).flatMap(([name, { kind }]) =>
          filterParameters(name, kind),
        ),
      ),
    },
  }
}

/** What can be asked of one field. `eq` needs no name, and like `ne` takes several values: any of them. */
function filterParameters(name: string, kind: string): [string, JsonSchema][] {
  const one: JsonSchema = { type: 'string', maxLength: 10_000 }
  return kindOf({ kind }).operators.map((operator) => {
    const asked = operator === 'eq' ? `filter[${name}]` : `filter[${name}][${operator}]`
    if (operator === 'eq' || operator === 'ne') return [asked, { type: 'array', maxItems: 200, items: one }]
    return [asked, operator === 'empty' ? { type: 'string', enum: ['true', 'false'] } : one]
  })
}

/** `list`, `Audit trail` → `listAuditTrail`: an operation's name, for programs made from the description. */
export function operationId(verb: string, words: string): string {
  const parts = `${verb} ${words}`
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean)
  return parts.map((part, index) => (index ? part.charAt(0).toUpperCase() + part.slice(1) : part)).join('')
}

/** The refusals that any route of an org can answer. */
export function refusals(...statuses: readonly number[]) {
  const all = [400, 401, 403, 404, 422, 500, ...statuses]
  return Object.fromEntries(
    all.map((status) => [
      status,
      {
        description: 'Refused',
        content: { 'application/problem+json': { schema: problemSchema } },
      },
    ]),
  )
}

/** A reply in JSON. */
export const jsonReply = (description: string, schema: object, headers: Record<string, object> = {}) => ({
  description,
  content: { 'application/json': { schema } },
  ...(Object.keys(headers).length ? { headers } : {}),
})

export const orgParameters = {
  type: 'object',
  required: ['slug'],
  properties: { slug: { type: 'string', maxLength: 60, description: "The org's address, such as local-100" } },
} as const

export const recordParameters = {
  type: 'object',
  required: ['slug', 'id'],
  properties: { ...orgParameters.properties, id },
} as const

export const versionHeader = { etag: { schema: { type: 'string' }, description: "The record's version, for If-Match" } }
