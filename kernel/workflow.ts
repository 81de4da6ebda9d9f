import type { Context } from './context.ts'
import type { Event, EventPayload } from './event.ts'
import type { Field, Fields } from './fields/field.ts'
import { choicesOf, type Resource, type RowOf } from './resource.ts'

type StateOf<R extends Resource> = R['fields']['state'] extends Field<infer Value> ? Value & string : never

/** One act that moves a record from some states to another. */
export interface Transition<R extends Resource = Resource> {
  readonly label?: string
  readonly from: readonly StateOf<R>[]
  readonly to: StateOf<R>
  /** The permission that the act needs. */
  readonly rule: string
  /** What the person is asked for; becomes the dialog's form and the request's body. */
  readonly asks?: Fields
  /** A last look at the record: a sentence says why not, undefined lets it pass. */
  guard?(
    ctx: Context,
    record: RowOf<R>,
    input: Record<string, unknown>,
  ): Promise<string | undefined> | string | undefined
  /** What is written together with the state: who did it and when, what was figured. */
  sets?(
    ctx: Context,
    record: RowOf<R>,
    input: Record<string, unknown>,
  ): Promise<Readonly<Record<string, unknown>>> | Readonly<Record<string, unknown>>
  /** What else changes in the same transaction. */
  after?(ctx: Context, record: RowOf<R>, input: Record<string, unknown>): Promise<void>
  /** Announced when done. */
  readonly emits?: {
    readonly event: Event
    payload(record: RowOf<R>, input: Record<string, unknown>): EventPayload<Event>
  }
  /** Colors the button: most acts are plain, one is the usual next one, some are hard to take back. */
  readonly tone?: 'primary' | 'danger'
}

/** A step that nobody takes for itself: it follows from what becomes of another record. */
export interface Consequence<R extends Resource = Resource> {
  readonly from: readonly StateOf<R>[]
  readonly to: StateOf<R>
}

/** States and the acts between them, as data. The resource's `state` field holds the state. */
export interface Workflow<R extends Resource = Resource> {
  readonly resource: R
  readonly transitions: Readonly<Record<string, Transition<R>>>
  readonly consequences: readonly Consequence<R>[]
}

/** Declares a workflow. A state that is misspelt does not compile; one that no act can reach is refused at boot. */
export function defineWorkflow<R extends Resource>(
  resource: R,
  transitions: Readonly<Record<string, Transition<R>>>,
  consequences: readonly Consequence<R>[] = [],
): Workflow<R> {
  const state = resource.fields['state']
  const states = choicesOf(state)
  const reached = new Set<string>(typeof state?.default === 'string' ? [state.default] : states.slice(0, 1))
  for (let before = -1; before !== reached.size;) {
    before = reached.size
    for (const { from, to } of [...Object.values(transitions), ...consequences])
      if (from.some((one) => reached.has(one))) reached.add(to)
  }
  const lost = states.filter((one) => !reached.has(one))
  if (lost.length) throw new Error(`${resource.name}: no act leads to the state "${lost.join('", "')}".`)
  return { resource, transitions, consequences }
}
