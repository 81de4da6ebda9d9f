import { kindOf } from './fields/index.ts'
import type { Fields, Parsed } from './fields/field.ts'
import { labelOf } from './resource.ts'
import { todayIn } from './today.ts'
import { say } from './words.ts'

/** One thing wrong with an input: where, which rule, and a sentence for the person. */
export interface FieldError {
  readonly path: string
  readonly code: string
  readonly message: string
}

export type ParsedRecord =
  | { readonly ok: true; readonly values: Record<string, unknown> }
  | { readonly ok: false; readonly errors: readonly FieldError[] }

export interface ParseOptions {
  /** An update: asks only for what is given. */
  readonly partial?: boolean
  /** What `default: 'today'` means: the day it is in the org's time zone. */
  readonly today?: string
}

/** The sentence for a refused value, with the field's name in it. */
export function fieldError(fields: Fields, name: string, refused: Extract<Parsed, { ok: false }>): FieldError {
  const message = say(`kernel:invalid.${refused.code}`, { ...refused.params, label: labelOf(fields, name) })
  return { path: name, code: refused.code, message }
}

const isBlank = (input: unknown) =>
  input === null || input === undefined || (typeof input === 'string' && input.trim() === '')

/**
 * Checks an input object against declared fields. Unless it is a partial one,
 * required fields must be there and defaults are filled in. Unknown and computed fields are refused, never ignored.
 */
export function parseRecord(fields: Fields, input: unknown, how: ParseOptions = {}): ParsedRecord {
  const { partial = false, today } = how
  if (typeof input !== 'object' || input === null || Array.isArray(input)) {
    return { ok: false, errors: [{ path: '', code: 'not_an_object', message: say('kernel:invalid.not_an_object') }] }
  }
  const errors: FieldError[] = []
  const values: Record<string, unknown> = {}
  for (const name of Object.keys(input)) {
    const declared = Object.hasOwn(fields, name) ? fields[name] : undefined
    const code = declared?.computed
      ? 'computed'
      : partial && declared?.immutable
        ? 'immutable'
        : declared
          ? ''
          : 'unknown_field'
    if (code) errors.push(fieldError(declared ? fields : {}, name, { ok: false, code }))
  }
  for (const [name, declared] of Object.entries(fields)) {
    if (declared.computed || (partial && (declared.immutable || !Object.hasOwn(input, name)))) continue
    const given = Object.hasOwn(input, name) ? (input as Record<string, unknown>)[name] : undefined
    if (isBlank(given)) {
      const fallback = given === undefined ? defaultOf(declared, today) : undefined
      if (declared.required && fallback === undefined)
        errors.push(fieldError(fields, name, { ok: false, code: 'required' }))
      else values[name] = fallback ?? null
      continue
    }
    const parsed = kindOf(declared).parse(given, declared)
    if (parsed.ok) values[name] = parsed.value
    else errors.push(fieldError(fields, name, parsed))
  }
  return errors.length ? { ok: false, errors } : { ok: true, values }
}

/** What a field holds when nothing is said about it. */
export function defaultOf(declared: Fields[string], today = todayIn()): unknown {
  return declared.default === 'today' && declared.kind === 'date' ? today : declared.default
}
