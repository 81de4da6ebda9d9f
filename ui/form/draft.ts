import {
  defaultOf,
  type Field,
  type FieldError,
  fieldError,
  type Fields,
  kindOf,
  type Parsed,
} from '@commonhall/kernel'
import { useState } from 'react'

export type Values = Readonly<Record<string, unknown>>

/** Kinds that are typed as text and may be written the way people write them: $1,250 or 12.5. */
const typed = new Set(['count', 'money', 'hours', 'percent', 'factor', 'json'])

const isEmpty = (value: unknown) =>
  value === undefined || value === null || (typeof value === 'string' && value.trim() === '')

function parse(field: Field, value: unknown): Parsed {
  const kind = kindOf(field)
  return typed.has(field.kind) && typeof value === 'string' ? kind.read(value, field, {}) : kind.parse(value, field)
}

export interface Checked {
  /** In wire form, ready to be sent; only what is fine. */
  readonly values: Values
  readonly errors: readonly FieldError[]
}

/** Checks what was typed by the same rules as the server, so that most mistakes need no round trip. */
export function check(fields: Fields, values: Values): Checked {
  const errors: FieldError[] = []
  const wire: Record<string, unknown> = {}
  for (const [name, field] of Object.entries(fields)) {
    const value = values[name]
    const parsed: Parsed = !isEmpty(value)
      ? parse(field, value)
      : field.required
        ? { ok: false, code: 'required' }
        : { ok: true, value: null }
    if (parsed.ok) wire[name] = parsed.value
    else errors.push(fieldError(fields, name, parsed))
  }
  return { values: wire, errors }
}

/** What a form starts with: the record's values, or what is usual for a new one on the org's day. */
export function startOf(fields: Fields, row?: Values, today?: string): Values {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [
      name,
      (row ? row[name] : defaultOf(field, today)) ?? (field.kind === 'yes_no' ? false : ''),
    ]),
  )
}

const same = (one: unknown, other: unknown) =>
  (isEmpty(one) && isEmpty(other)) || JSON.stringify(one) === JSON.stringify(other)

/** The values that differ from those in the record. */
export const changesFrom = (row: Values, values: Values): Values =>
  Object.fromEntries(Object.entries(values).filter(([name, value]) => !same(row[name], value)))

/** What is typed into a form, what is wrong with it, and whether anything would be lost by leaving. */
export function useDraft(fields: Fields, start: Values) {
  const [values, setValues] = useState(start)
  const [errors, setErrors] = useState<readonly FieldError[]>([])
  // Counts the failed tries, so that the summary takes the focus again after each.
  const [failures, setFailures] = useState(0)
  const [began, setBegan] = useState(start)
  const touched = Object.keys(changesFrom(began, values))
  return {
    values,
    errors,
    failures,
    /** Names of the fields that differ from the start. */
    touched,
    isDirty: touched.length > 0,
    set(name: string, value: unknown) {
      setValues((before) => ({ ...before, [name]: value }))
      setErrors((before) => before.filter(({ path }) => path !== name))
    },
    /** Checks one field when the person leaves it: early enough to help, late enough not to nag. */
    look(name: string) {
      const field = fields[name]
      if (!field || isEmpty(values[name])) return
      const { errors: found } = check({ [name]: field }, values)
      // What the server found wrong stays until the value is another, which `set` sees to.
      if (found.length) setErrors((before) => [...before.filter(({ path }) => path !== name), ...found])
    },
    fail(found: readonly FieldError[]) {
      setErrors(found)
      setFailures((count) => count + 1)
    },
    /** Starts over from newer values; what was typed stays, but for the fields in which it is given up. */
    rebase(next: Values, givenUp: readonly string[]) {
      const kept = touched.filter((name) => name in next && !givenUp.includes(name))
      setBegan(next)
      setValues({ ...next, ...Object.fromEntries(kept.map((name) => [name, values[name]])) })
    },
  }
}

export type Draft = ReturnType<typeof useDraft>
