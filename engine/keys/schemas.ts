import type { JsonSchema } from '@commonhall/kernel'
import { apiKey } from '../foundation/resources.ts'
import { rowSchema } from '../http/schemas.ts'
import { id, list, maybe, object } from '../http/shapes.ts'
import type { Registry } from '../registry.ts'

const name: JsonSchema = { type: 'string', minLength: 1, maxLength: 100 }

export const newKey = object(
  {
    name,
    owner: { ...maybe(id), description: 'A service account; left out, the key acts as you' },
    scopes: {
      ...list({ type: 'string', maxLength: 200 }, 500),
      minItems: 1,
      description: 'Permissions, such as members.member.read',
    },
    expires_on: { ...maybe({ type: 'string', format: 'date' }), description: 'The last day on which it works' },
    per_minute: { type: 'integer', minimum: 1, maximum: 60_000, default: 600 },
  },
  ['name', 'scopes'],
)

export const newAccount = object({ name, roles: { ...list(id, 50), description: 'Ids of the roles that it has' } })

/** A key's row, and in the first reply the key itself. */
export function keyCreated(registry: Registry): JsonSchema {
  const row = rowSchema(apiKey, registry.guarded(apiKey)) as JsonSchema & { properties: Record<string, JsonSchema> }
  const key: JsonSchema = {
    type: 'string',
    maxLength: 80,
    description: 'Given once. It is left out when the same request is sent again.',
  }
  return { ...row, properties: { ...row.properties, key } }
}
