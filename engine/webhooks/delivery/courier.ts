import { findWorkedOrg, houseCaller, type OrgRow } from '../../caller.ts'
import type { Engine } from '../../engine.ts'
import type { MayReach } from '../http/addresses.ts'
import { claim, type Claimed, isNext, type Message } from './claim.ts'
import { findDestination, type Resolve } from '../http/destination.ts'
import { postTo } from '../http/post-to.ts'
import { type Secrets, signed } from '../secrets.ts'
import { type Outcome, settle, type Try, tryOf } from './settle.ts'

/** What it is told to deliver. */
export interface Errand {
  readonly org: string
  readonly webhook: string
}

/** Which addresses there are, which of them may be reached, and how many webhooks are served at once. */
export interface Reach {
  readonly places?: number
  readonly mayReach: MayReach
  readonly resolve: Resolve
}

/** So many are served at once by one process. A dead one takes a place for a try in ten minutes. */
const usualPlaces = 40

/** A receiver that does not answer must not keep the server from stopping. */
const longestGoodbye = 3_000

/** What is due later than this is found by the job that looks each minute. */
const soon = 60_000

/**
 * Brings messages to their receivers, each webhook for itself, outside of any transaction. What it does not finish is
 * still waiting in the database: a process that dies loses nothing.
 */
export class Courier {
  /** Has been given errands here: this process works. */
  isAtWork = false
  readonly #engine: Engine
  readonly #secrets: Secrets
  readonly #mayReach: MayReach
  readonly #resolve: Resolve
  readonly #count: (outcome: Outcome) => void
  readonly #places: number
  readonly #running = new Map<string, Promise<void>>()
  readonly #again = new Set<string>()
  readonly #waiting = new Map<string, Errand>()
  readonly #timers = new Set<NodeJS.Timeout>()
  readonly #end = new AbortController()
  #isClosing = false

  constructor(engine: Engine, secrets: Secrets, reach: Reach, count: (outcome: Outcome) => void) {
    this.#engine = engine
    this.#secrets = secrets
    this.#mayReach = reach.mayReach
    this.#resolve = reach.resolve
    this.#places = reach.places ?? usualPlaces
    this.#count = count
  }

  /** Sees to it that a webhook's messages go out, soon and once at a time. Answers at once. */
  begin(errand: Errand): void {
    const key = errand.webhook
    this.isAtWork = true
    if (this.#isClosing) return
    if (this.#running.has(key)) return void this.#again.add(key)
    if (this.#running.size >= this.#places) return void this.#waiting.set(key, errand)
    const run = this.#serve(errand)
      .catch((error: unknown) => this.#engine.log.error({ job: 'webhooks', err: error }, 'webhook not served'))
      .finally(() => this.#ended(errand))
    this.#running.set(key, run)
  }

  /** Takes no more, and waits a little for the tries that are under way: what is broken off is tried again. */
  async close(): Promise<void> {
    this.#isClosing = true
    for (const timer of this.#timers) clearTimeout(timer)
    const patience = setTimeout(() => this.#end.abort(), longestGoodbye)
    await Promise.all(this.#running.values())
    clearTimeout(patience)
  }

  #ended(errand: Errand): void {
    this.#running.delete(errand.webhook)
    const [next] = this.#waiting.values()
    if (next && this.#waiting.delete(next.webhook)) this.begin(next)
    if (this.#again.delete(errand.webhook)) this.begin(errand)
  }

  async #serve(errand: Errand): Promise<void> {
    while (!this.#isClosing) {
      const org = await findWorkedOrg(this.#engine.database, errand.org)
      if (!org) return
      const claimed = await claim(this.#engine, this.#secrets, org, errand.webhook)
      if (!claimed) return await this.#comeAgain(org, errand)
      await Promise.all(claimed.messages.map((message) => this.#deliver(org, claimed, message)))
      // Others wait for a place: this one goes to the end of their line, however much it has to say.
      if (this.#waiting.size) return void this.#again.add(errand.webhook)
    }
  }

  async #deliver(org: OrgRow, { webhook, secrets }: Claimed, message: Message): Promise<void> {
    const tried = await this.#try(webhook.url, secrets, message)
    if (this.#end.signal.aborted) return
    this.#count(tried.outcome)
    await this.#engine.act(houseCaller(org, 'job'), (context, transaction) =>
      settle(context, transaction, webhook, message, tried),
    )
  }

  async #try(url: string, secrets: readonly string[], { id, body }: Message): Promise<Try> {
    const destination = await findDestination(url, this.#mayReach, this.#resolve)
    if (typeof destination === 'string')
      return { outcome: destination, status: null, answer: '', retryAfter: null, latencyMs: 0 }
    const headers = {
      'content-type': 'application/json',
      'user-agent': 'Commonhall-Webhooks/1',
      ...signed(`msg_${id}`, Math.floor(Date.now() / 1000), body, secrets),
    }
    return tryOf(await postTo(destination, headers, body, { signal: this.#end.signal }))
  }

  /** Sets a clock for what is due within the minute. What others hold is theirs to come back to. */
  async #comeAgain(org: OrgRow, errand: Errand): Promise<void> {
    const [row] = await this.#engine.database.read<{ wait: number | null }>(houseCaller(org, 'job').access, {
      text: `select least(ceil(extract(epoch from greatest(p.next_at, w.resting_until) - now())), 3600)::integer as wait
        from foundation.webhook_delivery p
        join foundation.webhook_setup w on w.org_id = p.org_id and w.id = p.webhook_id
        where p.webhook_id = $1 and w.state = 'active' and p.state = 'waiting' and coalesce(p.held_until <= now(), true)
          and ${isNext}
        order by p.next_at limit 1`,
      values: [errand.webhook],
    })
    const wait = 1000 * (row?.wait ?? Infinity)
    if (this.#isClosing || wait > soon) return
    const timer = setTimeout(
      () => {
        this.#timers.delete(timer)
        this.begin(errand)
      },
      Math.max(wait, 50),
    )
    timer.unref()
    this.#timers.add(timer)
  }
}
