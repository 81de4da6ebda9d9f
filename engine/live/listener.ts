import type { Actor } from '@commonhall/kernel'
import type { Caller } from '../caller.ts'
import type { UserAccess } from '../database/access.ts'
import type { LiveEvent } from './event.ts'
import type { Seen } from './seen.ts'

/** Where events go: a stream, or the answer to one long request. */
export interface Sink {
  /** `position` is where the listener is after these. */
  tell(events: readonly LiveEvent[], position: string): void
  /** Shows that the connection lives. */
  beat(position: string): void
  /** There is nothing more to come. */
  end(): void
  /** Of how things stand, only what this one does not know yet is told. */
  isNews?(told: LiveEvent): boolean
}

/** Somebody who listens, as far as it must be kept. */
export interface Listener {
  readonly orgId: string
  readonly actor: Actor
  readonly sessionId: string
  readonly userId: string
  readonly userStamp: number
  readonly orgStamp: number
  readonly topics: ReadonlySet<string>
  readonly tab: string | null
  readonly sink: Sink
}

/** Where a listener wants to go on: at the present, where it was, or anew because nobody knows what it missed. */
export type Start = 'now' | 'lost' | Seen

export function listenerOf(
  { access, actor, org }: Caller,
  topics: ReadonlySet<string>,
  tab: string | null,
  sink: Sink,
): Listener {
  const { sessionId, userId, userStamp, orgStamp } = access as UserAccess
  return { orgId: org.id, actor, sessionId, userId, userStamp, orgStamp, topics, tab, sink }
}
