import type { JsonSchema } from '@commonhall/kernel'
import { id, instant, list, object } from '../http/shapes.ts'
import { most } from './section.ts'

const text: JsonSchema = { type: 'string', maxLength: 10_000 }

const stays = list(object({ what: text, fields: list(text), because: text }))
const fate: JsonSchema = {
  type: 'string',
  enum: ['none', 'stays', 'erased'],
  description: 'Their sign-in: there is none, it stays since they belong elsewhere too, or it is erased with them',
}

/** Everything that is kept about one person. */
export const personalData: JsonSchema = object({
  format: { type: 'string', enum: ['commonhall-personal-data/1'] },
  organization: object({ slug: text, name: text }),
  about: object({ resource: text, id, title: text }),
  taken_at: instant,
  taken_by: text,
  sections: list(
    object(
      {
        name: text,
        title: text,
        columns: list(object({ name: text, label: text })),
        rows: list({ type: 'object', additionalProperties: true }, most),
        cut: { type: 'boolean', description: 'There is more than stands here' },
      },
      ['name', 'title', 'columns', 'rows'],
    ),
  ),
  left_out: list(object({ what: text, because: text })),
  stays,
})

export const plan: JsonSchema = object({
  erased: { type: 'boolean', description: 'It has been done before' },
  confirm: { ...text, description: 'What a page has the person type before it goes on' },
  objections: list(text),
  account: fate,
  goes: list(object({ what: text, fields: list(text) })),
  stays,
})

export const erasing = object({
  reason: { type: 'string', minLength: 3, maxLength: 500, description: 'Kept in the audit trail: without the name' },
})

export const erased: JsonSchema = object({ id, account: fate })
