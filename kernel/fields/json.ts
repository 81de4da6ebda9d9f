import { type CommonOptions, fine, type Kind, makeField, wrong } from './field.ts'
import { isStorable } from './text.ts'

const largest = 100_000

/** Structured detail that is shown whole and never searched by column. At most 100,000 characters as JSON. */
export const jsonKind: Kind = {
  kind: 'json',
  operators: ['empty'],
  align: 'start',
  sqlType: () => 'jsonb',
  parse(input) {
    const text = JSON.stringify(input)
    if (text === undefined) return wrong('not_json')
    if (text.length > largest) return wrong('too_long', { max: largest, length: text.length })
    return isStorable(text) && !text.includes('\\u0000') ? fine(input) : wrong('bad_characters')
  },
  read(text) {
    try {
      return jsonKind.parse(JSON.parse(text), {})
    } catch {
      return wrong('not_json')
    }
  },
  schema: () => ({ description: 'Any JSON value' }),
}

export const json = <Value = unknown, const Options extends CommonOptions = CommonOptions>(options?: Options) =>
  makeField<Value, Options>('json', options)
