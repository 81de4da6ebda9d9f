import type { DatabaseError } from 'pg'
import { type FieldError, labelOf, Refusal, type Resource, say } from '@commonhall/kernel'

/**
 * Turns what the database refused for a reason into the sentence for it. The constraints are the rules that hold when
 * two people act at once, so their refusals are as deliberate as those of the code. Anything else stays a fault.
 */
export function refusalOf(error: unknown, resource: Resource): unknown {
  const { code, detail = '', constraint = '' } = error as DatabaseError
  const label = resource.label.toLowerCase()
  const [, names = '', value = ''] = /^Key \((.*?)\)=\((.*)\)/.exec(detail) ?? []
  const columns = names.split(', ').filter((name) => name in resource.fields)
  const [first = ''] = columns
  switch (code) {
    case '23505': {
      const shown = value.split(', ').slice(1).join(', ')
      return onField('conflict', 'taken', first, say('engine:record.taken', { label: labelOf(resource.fields, first), value: shown }))
    }
    case '23503':
      if (detail.includes('is still referenced')) return new Refusal('in_use', say('engine:record.in_use', { label }))
      return onField('invalid', 'no_target', first, say('engine:record.no_target', { label: labelOf(resource.fields, first) }))
    case '23P01':
      return onField('conflict', 'overlap', resource.temporalKey?.from ?? '', say('engine:record.overlap', { label }))
    case '22000':
    case '22P02': {
      const path = resource.temporalKey?.until
      return code === '22000' && path ? onField('invalid', 'dates_reversed', path, say('engine:record.dates_reversed')) : error
    }
    case '23514':
      return new Refusal('invalid', say('engine:record.check_failed', { label, name: constraint }))
    default:
      return error
  }
}

function onField(code: string, fieldCode: string, path: string, message: string): Refusal {
  const errors: FieldError[] = path ? [{ path, code: fieldCode, message }] : []
  return new Refusal(code, message, { errors })
}
