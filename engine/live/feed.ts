import { asHouse } from '../database/access.ts'
import type { Engine } from '../engine.ts'
import { Audience } from './audience.ts'
import type { ChangeLog, Found } from './changes.ts'
import type { Editing } from './editing.ts'
import { event, type LiveEvent } from './event.ts'
import type { Listener, Start } from './listener.ts'
import type { LiveMeters } from './meters.ts'
import { sealPosition } from './position.ts'
import type { Seen } from './seen.ts'
import { shutOut } from './shut-out.ts'
import { type CountUnread, Standing } from './standing.ts'
import { changesOf, idsByResource, Telling } from './telling.ts'

/** What feeds work with. */
export interface FeedParts {
  readonly engine: Pick<Engine, 'database' | 'registry' | 'cursors' | 'log'>
  readonly log: ChangeLog
  readonly editing: Editing
  readonly meters: LiveMeters
  readonly countUnread: CountUnread
}

/** In milliseconds. */
const longestRest = 150

interface Arrival {
  readonly listener: Listener
  readonly start: Start
  readonly arrived: () => void
  readonly failed: (error: unknown) => void
}

/** What arrivals of one round share: whoever comes back after a restart mostly stands where all others do. */
interface Shared {
  readonly unread: ReadonlyMap<string, number>
  readonly missed: Map<string, Promise<Found>>
}

/** What happens in one org, told to all who listen to it in this process: round by round, one at a time. */
export class Feed {
  readonly orgId: string
  readonly audience = new Audience()
  readonly standing: Standing
  readonly #parts: FeedParts
  #seen: Seen | undefined
  #arrivals: Arrival[] = []
  #timer: NodeJS.Timeout | undefined
  #state: 'idle' | 'running' | 'closed' = 'idle'
  #again = false
  #restsUntil = 0
  /** Whoever leaves while they are being greeted must not be let in afterwards. */
  readonly #gone = new WeakSet<Listener>()

  constructor(orgId: string, parts: FeedParts) {
    this.orgId = orgId
    this.#parts = parts
    const { engine, log, editing, countUnread } = parts
    this.standing = new Standing(orgId, { registry: engine.registry, log, editing, countUnread })
  }

  /** Nobody is here, and nobody is about to come. */
  get isEmpty(): boolean {
    return !this.audience.size && !this.#arrivals.length && this.#state !== 'running'
  }

  leave(listener: Listener): void {
    this.#gone.add(listener)
    this.audience.remove(listener)
  }

  /** Resolves once the listener has been told what it missed, and will be told whatever is committed from now on. */
  arrive(listener: Listener, start: Start): Promise<void> {
    return new Promise((arrived, failed) => {
      this.#arrivals.push({ listener, start, arrived, failed })
      this.wake(0)
    })
  }

  /**
   * Looks a moment later, once for all who ask meanwhile. After a round there is a rest as long as it took: a hundred
   * changes a second must not become a hundred rounds, and who writes is not to wait for those who listen.
   */
  wake(soon = 8): void {
    this.#again = true
    if (this.#state !== 'idle' || (this.#timer && soon)) return
    clearTimeout(this.#timer)
    const wait = soon && Math.max(soon, this.#restsUntil - performance.now())
    this.#timer = setTimeout(() => void this.#run(), wait)
  }

  /** What of this stands in no log may have been missed: everybody is told anew how much they have not read. */
  askUnread(): void {
    this.standing.unread([...this.audience.of('inbox')].map(({ userId }) => userId))
    this.wake()
  }

  /** Ends everything for everybody. */
  close(): void {
    clearTimeout(this.#timer)
    this.#state = 'closed'
    for (const { sink } of this.audience.all()) sink.end()
    for (const { listener, arrived } of this.#arrivals.splice(0)) {
      listener.sink.end()
      arrived()
    }
  }

  /** Sends away whoever is not let in any more, and shows the others that their connection lives. */
  async beat(): Promise<void> {
    const listeners = this.audience.all()
    const out = await this.#sendAway(listeners)
    const position = this.#seen && this.#positionAt(this.#seen)
    for (const [place, listener] of listeners.entries()) {
      // Thousands at once would keep everybody else waiting.
      if (place % 500 === 499) await new Promise((next) => setImmediate(next))
      if (position && !out.has(listener)) listener.sink.beat(position)
    }
  }

  async #run(): Promise<void> {
    this.#timer = undefined
    this.#state = 'running'
    this.#again = false
    const began = performance.now()
    try {
      await this.#round()
      // What was told goes out now; that is part of the work.
      await new Promise((done) => setImmediate(done))
    } catch (error) {
      // Nothing counts as seen, so it is looked at again: when somebody wakes, or some seconds later.
      this.#parts.engine.log.warn({ err: error }, 'the live stream of an organization has to wait')
      for (const { failed } of this.#arrivals.splice(0)) failed(error)
    }
    const ended = performance.now()
    this.#restsUntil = ended + Math.min(longestRest, ended - began)
    if ((this.#state as string) === 'closed') return
    this.#state = 'idle'
    if (this.#arrivals.length) this.wake(0)
    else if (this.#again) this.wake()
  }

  async #round(): Promise<void> {
    const found = await this.#parts.log.since(this.orgId, this.#seen)
    if (this.#seen) await this.#tellAll(found)
    this.#seen = found.seen
    const arrivals = this.#arrivals.splice(0)
    if (!arrivals.length) return
    const shared: Shared = {
      unread: await this.standing.countFor(arrivals.map(({ listener }) => listener)),
      missed: new Map(),
    }
    await Promise.all(
      arrivals.map(async ({ listener, start, arrived, failed }) => {
        await this.#greet(listener, start, found.seen, shared).then(arrived, failed)
      }),
    )
  }

  async #tellAll(found: Found): Promise<void> {
    const position = this.#positionAt(found.seen)
    const telling = new Telling(this.#parts.engine.registry, position)
    if (found.isTooMuch) for (const one of this.audience.all()) telling.add(one, event('reset', {}, position))
    else await this.#tellChanges(found, telling, this.audience)
    await this.standing.tell(this.audience, telling)
    if (!telling.told.size) return
    const out = await this.#sendAway([...telling.told.keys()])
    for (const [listener, events] of telling.told)
      if (!out.has(listener) && this.audience.has(listener)) this.#hand(listener, events, position)
    for (const { age } of found.entries) this.#parts.meters.lag.observe(Math.max(0, age) / 1000)
  }

  async #tellChanges({ entries }: Found, telling: Telling, audience: Audience): Promise<void> {
    const { engine, log } = this.#parts
    const changes = changesOf(engine.registry, entries, (topic) => audience.hears(topic))
    if (!changes.length) return
    const rows = await log.rows(this.orgId, idsByResource(changes.map(({ resource, id }) => [resource.name, id])))
    for (const change of changes) change.row = rows.get(change.id)
    telling.changes(changes, audience)
  }

  /** Tells somebody who has just come what they missed, and how things stand; then they are one of the audience. */
  async #greet(listener: Listener, start: Start, now: Seen, { unread, missed }: Shared): Promise<void> {
    const { engine, log } = this.#parts
    // A position beyond the present is one of a database that has been set back since.
    const from = typeof start === 'object' && start.snapshot.to <= now.snapshot.to ? start : null
    const found = from && (missed.get(from.text) ?? log.since(this.orgId, from))
    if (found) missed.set(from.text, found)
    const since = await found
    const position = this.#positionAt(since?.seen ?? now)
    const telling = new Telling(engine.registry, position)
    const alone = new Audience()
    alone.add(listener)
    if (since && !since.isTooMuch) await this.#tellChanges(since, telling, alone)
    else if (start !== 'now') telling.add(listener, event('reset', {}, position))
    const stands = await this.standing.forArrival(listener, unread, start !== 'now')
    const { sink } = listener
    telling.add(listener, ...stands.filter((one) => sink.isNews?.(one) ?? true))
    if (this.#gone.has(listener)) return
    this.#hand(listener, telling.told.get(listener) ?? [], position)
    this.audience.add(listener)
    if (this.#state === 'closed') sink.end()
  }

  async #sendAway(listeners: readonly Listener[]): Promise<ReadonlySet<Listener>> {
    const out = await shutOut(this.#parts.engine.database, asHouse(this.orgId), listeners)
    for (const { sink } of out) sink.end()
    return out
  }

  #hand({ sink }: Listener, events: readonly LiveEvent[], position: string): void {
    for (const { event: kind } of events) this.#parts.meters.events.inc({ event: kind })
    sink.tell(events, position)
  }

  #positionAt(seen: Seen): string {
    return sealPosition(this.#parts.engine.cursors, this.orgId, seen)
  }
}
