import type { JsonSchema } from '@commonhall/kernel'

/** What an entry is known by, once it is posted. */
export const postedSchema: JsonSchema = {
  type: 'object',
  required: ['id', 'number'],
  properties: { id: { type: 'string', format: 'uuid' }, number: { type: 'integer', minimum: 1 } },
}
