import type { Context } from './context.ts'
import type { Field, Fields } from './fields/field.ts'

type PayloadOf<F extends Fields> = {
  [K in keyof F]: F[K] extends Field<infer Value, infer Needed> ? (Needed extends true ? Value : Value | null) : never
}

/** Something that has happened, in the past tense: `members.member-suspended`. */
export interface Event<F extends Fields = Fields> {
  readonly name: string
  readonly fields: F
}

export type EventPayload<E extends Event> = PayloadOf<E['fields']>

/** Declares what a module announces. The fields are the contract with everyone who listens. */
export const defineEvent = <const F extends Fields>(name: `${string}.${string}`, fields: F): Event<F> => ({
  name,
  fields,
})

/** What a module does when something was announced: a retried job, once per event and subscriber. */
export interface Subscriber {
  readonly event: string
  readonly name: string
  run(ctx: Context, payload: Record<string, unknown>): Promise<void>
}

/** Listens to an event. `name` says what is true afterwards; with the event's id it makes the job idempotent. */
export function on<E extends Event>(
  event: E,
  name: string,
  run: (ctx: Context, payload: EventPayload<E>) => Promise<void>,
): Subscriber {
  return { event: event.name, name, run: (ctx, payload) => run(ctx, payload as EventPayload<E>) }
}
