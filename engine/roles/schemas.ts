import type { JsonSchema } from '@commonhall/kernel'
import { id, instant, list, maybe, object } from '../http/shapes.ts'

const text: JsonSchema = { type: 'string', maxLength: 2000 }
const flag: JsonSchema = { type: 'boolean' }
const verdict: JsonSchema = { anyOf: [{ const: true }, text] }
const map = (values: JsonSchema): JsonSchema => ({ type: 'object', additionalProperties: values })

const grouped = (permission: Record<string, JsonSchema>) =>
  list(
    object({
      name: text,
      label: text,
      things: list(object({ name: text, label: text, permissions: list(object(permission)) })),
    }),
  )

const spoken = { permission: text, label: text, fresh: flag, people_only: flag, own: flag, unless: list(text, 20) }

export const matrixSchema = object({
  roles: list(
    object({
      id,
      name: text,
      label: text,
      version: { type: 'integer', minimum: 1 },
      built_in: flag,
      people: { type: 'integer', minimum: 0 },
      changes: map(flag),
      requires_second_factor: flag,
      can: object({ update: verdict, delete: verdict }),
    }),
    200,
  ),
  modules: grouped({
    ...spoken,
    defaults: list(text, 10),
    yours: { ...verdict, description: 'Whether you may give it to others, or why not' },
    fixed: { ...map(text), description: 'Roles of which it can never be changed, with the reason' },
  }),
  can: object({ create: verdict, invite: verdict }),
  own_record_kind: maybe(text),
  party_kinds: list(text, 50),
})

const because = list(
  object({
    role: id,
    label: text,
    as: { type: 'string', enum: ['default', 'changed'] },
    changed: maybe(object({ at: instant, by: maybe(text) })),
  }),
  200,
)

export const explanationSchema = object({
  person: object({
    id,
    name: text,
    state: text,
    own_record: maybe(object({ resource: maybe(text), id })),
    stands_for: list(object({ resource: text, id, title: text, resting: flag }), 50),
  }),
  roles: list(object({ id, label: text }), 200),
  own_record_kind: maybe(text),
  party_kinds: list(text, 50),
  second_factor_required_by: list(text, 200),
  modules: grouped({
    ...spoken,
    allowed: { type: 'string', enum: ['yes', 'own', 'no'] },
    because,
    taken: because,
    through: list(text, 200),
  }),
})

export const grantsSchema = object({
  data: list(
    object({
      role: id,
      name: text,
      label: text,
      requires_second_factor: flag,
      granted_at: instant,
      granted_by: maybe(id),
      granted_by_name: maybe(text),
    }),
    200,
  ),
  can: object({ create: verdict, delete: verdict }),
})

const label: JsonSchema = { type: 'string', minLength: 1, maxLength: 60 }
const permissions: JsonSchema = {
  type: 'object',
  description: 'By permission: true or false, or null for what it is at the start',
  additionalProperties: maybe(flag),
}

export const newRole = object(
  { label, copy_of: { ...maybe(id), description: 'The role that it starts as' }, permissions },
  ['label'],
)
export const roleChange = object({ label, permissions, requires_second_factor: flag }, [])
export const newGrant = object({ role: id })

/** Whom somebody stands for, as they are sent. */
export const partiesSent: JsonSchema = {
  type: 'object',
  description: 'By resource the id of the record that this person stands for, such as a contractor; null for none',
  additionalProperties: maybe(id),
}
export const personChange = object({ own_record: maybe(id), stands_for: partiesSent }, [])
