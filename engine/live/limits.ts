import { refuse, say } from '@commonhall/kernel'
import type { Listener } from './listener.ts'

/** How many may listen at once. A browser has one stream a window. */
const most = { session: 15, user: 50, org: 6_000, process: 12_000 } as const

/** Counts listeners, so that nobody takes the place of all others. */
export class Limits {
  readonly #counts = new Map<string, number>()

  /** @throws {Refusal} `too_many` (429) with Retry-After. */
  enter(listener: Listener): void {
    const full = Object.entries(keysOf(listener)).find(
      ([name, key]) => (this.#counts.get(key) ?? 0) >= most[name as keyof typeof most],
    )
    if (full) refuse('too_many', say(`live:too_many.${full[0]}`), { headers: { 'retry-after': '30' } })
    for (const key of Object.values(keysOf(listener))) this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1)
  }

  get all(): number {
    return this.#counts.get('all') ?? 0
  }

  leave(listener: Listener): void {
    for (const key of Object.values(keysOf(listener))) {
      const left = (this.#counts.get(key) ?? 1) - 1
      if (left) this.#counts.set(key, left)
      else this.#counts.delete(key)
    }
  }
}

const keysOf = ({ sessionId, userId, orgId }: Listener) => ({
  session: `s ${sessionId}`,
  user: `u ${orgId} ${userId}`,
  org: `o ${orgId}`,
  process: 'all',
})
