import type { JsonSchema } from '../json-schema.ts'
import { type CommonOptions, fine, type Kind, makeField, wrong } from './field.ts'

export interface JsonOptions extends CommonOptions {
  /** What the description of the API tells of it; whoever takes such a value checks it. */
  schema?: JsonSchema
}

const largest = 100_000
const deepest = 50

/** Whether arrays and objects lie in each other deeper than this: without a limit, writing them exhausts the stack. */
export function isDeeperThan(levels: number, input: unknown): boolean {
  if (typeof input !== 'object' || input === null) return false
  return levels === 0 || Object.values(input).some((one) => isDeeperThan(levels - 1, one))
}

/** U+0000 and halves of surrogate pairs, as JSON writes them: escaped, where a backslash itself is doubled. */
const unstorable = /(?<!\\)(?:\\\\)*\\u(?:0000|d[89a-f])/

/** Structured detail that is shown whole and never searched by column. At most 100,000 characters as JSON. */
export const jsonKind: Kind<JsonOptions> = {
  kind: 'json',
  operators: ['empty'],
  align: 'start',
  sqlType: () => 'jsonb',
  parse(input) {
    if (isDeeperThan(deepest, input)) return wrong('too_deep', { max: deepest })
    const text = JSON.stringify(input)
    if (text === undefined) return wrong('not_json')
    if (text.length > largest) return wrong('too_long', { max: largest, length: text.length })
    return unstorable.test(text) ? wrong('bad_characters') : fine(input)
  },
  read(text) {
    try {
      return jsonKind.parse(JSON.parse(text), {})
    } catch {
      return wrong('not_json')
    }
  },
  schema: ({ schema }) => schema ?? { description: 'Any JSON value' },
}

export const json = <Value = unknown, const Options extends JsonOptions = JsonOptions>(options?: Options) =>
  makeField<Value, Options>('json', options)
