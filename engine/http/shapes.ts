import type { JsonSchema } from '@commonhall/kernel'

// What the schemas of bodies and replies are put together from.

export const id: JsonSchema = { type: 'string', format: 'uuid' }
export const instant: JsonSchema = { type: 'string', format: 'date-time' }

export const maybe = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, { type: 'null' }] })

export const list = (items: JsonSchema, maxItems = 1000): JsonSchema => ({ type: 'array', maxItems, items })

/** These properties and no others; each of them is there unless `required` names fewer. */
export const object = (
  properties: Readonly<Record<string, JsonSchema>>,
  required: readonly string[] = Object.keys(properties),
): JsonSchema => ({
  type: 'object',
  additionalProperties: false,
  properties,
  ...(required.length ? { required } : {}),
})

/** One page of a list. */
export const page = (items: JsonSchema, most = 200): JsonSchema =>
  object({ data: list(items, most), page: object({ next: maybe({ type: 'string', maxLength: 2000 }) }) })

/** The body of an act that needs nothing but itself; programs may leave it out. */
export const nothingSent: JsonSchema = maybe(object({}))
