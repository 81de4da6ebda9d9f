import { field, type Fields, type JsonSchema, orgKinds, parseRecord, refuseField, say } from '@commonhall/kernel'
import { inputSchema } from '../http/schemas.ts'
import { accepted } from '../records/accepted.ts'
import { accents } from './presets.ts'

const name = field.text({ required: true, max: 120 })
const accent = field.choice(accents, { label: 'Color' })
const timeZone = field.text({ max: 60 })

/** What an org is founded with; the preset of its kind gives what is left out. */
export const founding = {
  slug: field.text({ required: true, label: 'Address', max: 60 }),
  name,
  kind: field.choice(orgKinds, { required: true }),
  accent,
  time_zone: timeZone,
  modules: field.json<readonly string[]>(),
}

export const changing = { name, accent, time_zone: timeZone }

export const switching = { module: field.text({ required: true, max: 60 }) }

export const suspending = { reason: field.text({ required: true, min: 3, max: 300 }) }

/** Bytes of files that an org may keep; null for the usual quota. */
export const fileRoom = { bytes: field.count({ max: Number.MAX_SAFE_INTEGER, label: 'Room for files' }) }

export const inviting = {
  email: field.text({ required: true, format: 'email', max: 254, label: 'E-mail' }),
  name: field.text({ required: true, max: 200 }),
}

const moduleNames: JsonSchema = { type: 'array', maxItems: 100, items: { type: 'string', maxLength: 60 } }

/** The body as the description tells it. */
export function bodySchema(fields: Fields, partial = false): JsonSchema {
  const schema = inputSchema(fields, partial) as { readonly properties: Record<string, JsonSchema> }
  if (!('modules' in fields)) return schema
  return { ...schema, properties: { ...schema.properties, modules: moduleNames } }
}

/** The body, judged by its fields and by what they cannot tell: the shape of an address, and which time zones exist. */
export function readBody(fields: Fields, body: unknown, partial = false): Record<string, unknown> {
  const values = accepted(parseRecord(fields, body, { partial }))
  const { slug, time_zone: zone } = values
  if (typeof slug === 'string' && !/^(?=.{2})[a-z0-9](-?[a-z0-9])*$/.test(slug)) wrong('slug', say('host:bad_slug'))
  if (typeof zone === 'string' && !isTimeZone(zone)) wrong('time_zone', say('host:no_time_zone', { zone }))
  if (values['modules'] && !isNames(values['modules'])) wrong('modules', say('host:not_names'))
  return values
}

const isNames = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.length <= 100 && value.every((one) => typeof one === 'string')

export const wrong = (path: string, message: string): never => refuseField(path, 'invalid', message)

/** By its name in the time zone database; offsets such as +05:00 know no summer. */
function isTimeZone(zone: string): boolean {
  if (!/^[A-Za-z]/.test(zone)) return false
  try {
    return Boolean(new Intl.DateTimeFormat('en', { timeZone: zone }))
  } catch {
    return false
  }
}
