import type { Fields, ValuesOf } from './fields/field.ts'

/** Something that has happened, in the past tense: `members.member-suspended`. */
export interface Event<F extends Fields = Fields> {
  readonly name: string
  readonly fields: F
  /** The field that names the record it is about. Who listens hears what is about one record in its order. */
  readonly record?: string
}

export type EventPayload<E extends Event> = ValuesOf<E['fields']>

/**
 * Declares what a module announces. The fields are the contract with everyone who listens. It is about the record in
 * its first `ref` field, unless `record` names another.
 */
export const defineEvent = <const F extends Fields>(
  name: `${string}.${string}`,
  fields: F,
  { record = Object.keys(fields).find((field) => fields[field]?.kind === 'ref') }: { record?: keyof F & string } = {},
): Event<F> => ({ name, fields, ...(record ? { record } : {}) })
