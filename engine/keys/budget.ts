import { refuse, say } from '@commonhall/kernel'
import type { FastifyInstance } from 'fastify'

/** What a key may still do in the running minute. */
interface Budget {
  readonly most: number
  readonly left: number
  /** Seconds until the next minute begins. */
  readonly wait: number
}

interface Minute {
  startedAt: number
  used: number
}

const minute = 60_000

/** What was left when a request came. */
const budgets = new WeakMap<object, Budget>()

/** Puts the standard headers on every reply to a key. */
export function registerBudgets(app: FastifyInstance): void {
  app.addHook('onSend', (request, reply, payload, done) => {
    const budget = budgets.get(request)
    if (budget) reply.headers(headersOf(budget))
    done(null, payload)
  })
}

/** The header fields of draft-ietf-httpapi-ratelimit-headers, with the policy named after what is limited. */
const headersOf = ({ most, left, wait }: Budget) => ({
  'ratelimit-policy': `"key";q=${most};w=60`,
  ratelimit: `"key";r=${left};t=${wait}`,
})

/**
 * Counts what each key asks for, minute by minute, in this process: with several processes a key may make as many
 * times its limit. A limit that the database counted would make every read a write.
 */
export class Budgets {
  readonly #minutes = new Map<string, Minute>()
  readonly #now: () => number

  constructor(now: () => number = Date.now) {
    this.#now = now
  }

  /**
   * Takes one request from the key's minute.
   * @throws {Refusal} `too_many` (429) with Retry-After when the minute is used up.
   */
  spend(request: object, key: string, most: number): void {
    const now = this.#now()
    let running = this.#minutes.get(key)
    if (!running || now - running.startedAt >= minute) {
      this.#forget(now)
      this.#minutes.set(key, (running = { startedAt: now, used: 0 }))
    }
    const wait = Math.max(1, Math.ceil((running.startedAt + minute - now) / 1000))
    const over = running.used >= most
    if (!over) running.used += 1
    const budget = { most, left: most - running.used, wait }
    budgets.set(request, budget)
    if (over) {
      const headers = { 'retry-after': String(wait) }
      refuse('too_many', say('keys:limited', { count: most, wait }), { headers })
    }
  }

  /** Keys that have been silent for a minute are not remembered. */
  #forget(now: number): void {
    if (this.#minutes.size < 1000) return
    for (const [key, { startedAt }] of this.#minutes) if (now - startedAt >= minute) this.#minutes.delete(key)
  }
}
