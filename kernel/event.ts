import type { Fields, ValuesOf } from './fields/field.ts'

/** Something that has happened, in the past tense: `members.member-suspended`. */
export interface Event<F extends Fields = Fields> {
  readonly name: string
  readonly fields: F
}

export type EventPayload<E extends Event> = ValuesOf<E['fields']>

/** Declares what a module announces. The fields are the contract with everyone who listens. */
export const defineEvent = <const F extends Fields>(name: `${string}.${string}`, fields: F): Event<F> => ({
  name,
  fields,
})
