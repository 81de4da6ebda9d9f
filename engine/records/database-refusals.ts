import type { DatabaseError } from 'pg'
import { type FieldError, hasWords, kebab, labelOf, Refusal, type Resource, say } from '@commonhall/kernel'

/** What the database raises when a rule of a module says no, and what kind of refusal it is. */
const raised: Readonly<Record<string, string>> = { CH409: 'conflict', CH422: 'invalid' }

/**
 * What the database refused in words of a module's own: raised with the key of a sentence, and what fills it in as JSON
 * in `detail`; or a constraint that has a sentence under its name, `constraint.…`. Undefined for anything else.
 */
export function spokenRefusal(error: unknown): Refusal | undefined {
  const { code = '', message = '', detail = '', constraint = '', schema = '' } = error as Partial<DatabaseError>
  const kind = raised[code]
  if (kind && hasWords(message)) {
    const params = JSON.parse(detail || '{}') as Record<string, unknown>
    return onField(kind, 'refused', typeof params['field'] === 'string' ? params['field'] : '', say(message, params))
  }
  // What was reckoned from numbers that are right, each by itself: hours at a rate that is a slip of the hand.
  if (code === '22003') return new Refusal('invalid', say('engine:record.too_great'))
  const key = `${kebab(schema)}:constraint.${constraint}`
  return /^23(514|P01|505)$/.test(code) && hasWords(key) ? new Refusal('conflict', say(key)) : undefined
}

/**
 * Turns what the database refused for a reason into the sentence for it. The constraints are the rules that hold when
 * two people act at once, so their refusals are as deliberate as those of the code. Anything else stays a fault.
 * `written` is what was to be stored: under row-level security the database names the constraint, and no values.
 */
export function refusalOf(
  error: unknown,
  resource: Resource,
  written: Readonly<Record<string, unknown>> = {},
): unknown {
  const spoken = spokenRefusal(error)
  if (spoken) return spoken
  const { code, detail = '', constraint = '', table = '' } = error as DatabaseError
  const label = resource.label.toLowerCase()
  const [field = ''] = constrainedFields(resource, constraint)
  const period = resource.temporalKey
  switch (code) {
    case '23505': {
      const params = { label: labelOf(resource.fields, field), value: written[field] ?? valueIn(detail) }
      return onField('conflict', 'taken', field, say('engine:record.taken', params))
    }
    case '23503':
      if (table !== resource.table || detail.includes('is still referenced'))
        return new Refusal('in_use', say('engine:record.in_use', { label }))
      return onField(
        'invalid',
        'no_target',
        field,
        say('engine:record.no_target', { label: labelOf(resource.fields, field) }),
      )
    case '23P01':
      return onField('conflict', 'overlap', period?.from ?? '', say('engine:record.overlap', { label }))
    case '22000':
      return period ? onField('invalid', 'dates_reversed', period.until, say('engine:record.dates_reversed')) : error
    case '23514':
      return new Refusal('invalid', say('engine:record.check_failed', { label, name: constraint }))
    default:
      return error
  }
}

/** The fields of a key, by the name that PostgreSQL gives it: `member_org_id_card_number_key`. */
function constrainedFields({ table, fields, uniqueTogether = [] }: Resource, constraint: string): readonly string[] {
  const sets = [...uniqueTogether, ...Object.keys(fields).map((name) => [name])]
  const named = (names: readonly string[]) =>
    ['key', 'fkey'].some((end) => constraint === `${table}_org_id_${names.join('_')}_${end}`)
  return sets.find(named) ?? []
}

/** The value in `Key (org_id, number)=(…, 12) already exists`, where the database tells it. */
const valueIn = (detail: string) => /=\([^,]*, (.*)\) already/.exec(detail)?.[1] ?? ''

function onField(code: string, fieldCode: string, path: string, message: string): Refusal {
  const errors: FieldError[] = path ? [{ path, code: fieldCode, message }] : []
  return new Refusal(code, message, { errors })
}
