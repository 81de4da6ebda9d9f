import type { Context } from './context.ts'
import type { Event, EventPayload } from './event.ts'

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
