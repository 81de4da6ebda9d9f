import { refuse, say } from '@commonhall/kernel'
import type { Engine } from '../engine.ts'
import { asHouse } from '../database/access.ts'
import type { HouseAccess } from '../database/access.ts'
import { ChangeLog } from './changes.ts'
import { Editing, type Stir } from './editing.ts'
import { Feed, type FeedParts } from './feed.ts'
import { Limits } from './limits.ts'
import type { Listener, Start } from './listener.ts'
import { liveMeters } from './meters.ts'

/** How often an org is looked at though nobody has told of anything, in milliseconds: for what no signal tells. */
const lookAnyway = 3_000

/** How often those who listen are shown that their connection lives, and asked whether they still may. */
const heartbeat = 20_000

/** How long a tab may be away before it counts as closed, in milliseconds: browsers come back after a break. */
const awayFor = 8_000

type CountUnreadIn = (access: HouseAccess, users: readonly string[]) => Promise<ReadonlyMap<string, number>>

type Parts = Pick<Engine, 'database' | 'registry' | 'cursors' | 'log' | 'signals' | 'meters'>

/** Tells people on screens what happens in their orgs, while it happens. */
export class Live {
  /** How many unread notifications people have, for all of them at once; given by the part that keeps those. */
  countUnread: CountUnreadIn = () => Promise.resolve(new Map())
  readonly editing = new Editing()
  readonly #parts: Parts
  readonly #forFeeds: FeedParts
  readonly #feeds = new Map<string, Feed>()
  readonly #limits = new Limits()
  #timers: NodeJS.Timeout[] = []
  #isClosing = false

  constructor(engine: Parts) {
    this.#parts = engine
    this.#forFeeds = {
      engine,
      log: new ChangeLog(engine.database, engine.registry),
      editing: this.editing,
      meters: liveMeters(engine.meters),
      countUnread: (orgId, users) =>
        users.length ? this.countUnread(asHouse(orgId), users) : Promise.resolve(new Map()),
    }
    const { signals, database } = engine
    database.onCommit((org) => signals.tell({ org, topic: 'changed' }))
    signals.on('changed', ({ org = '' }) => this.#feeds.get(org)?.wake())
    signals.on('inbox', ({ org = '', users }) => this.#unread(org, users as readonly string[]))
    signals.on('editing', (signal) => this.#stirred(signal['stir'] as Stir))
    signals.onBreak(() => {
      for (const feed of this.#feeds.values()) feed.askUnread()
      this.#lookEverywhere()
    })
  }

  /** How many listen. */
  get count(): number {
    return this.#limits.all
  }

  get meters() {
    return this.#forFeeds.meters
  }

  /**
   * Keeps a place for somebody, who must `leave` whatever becomes of it.
   * @throws {Refusal} `too_many` (429) with Retry-After.
   */
  admit(listener: Listener): void {
    if (this.#isClosing) refuse('unavailable', say('engine:http.busy'), { headers: { 'retry-after': '2' } })
    this.#limits.enter(listener)
    this.meters.clients.inc()
  }

  /** Takes somebody in; resolves once they have been told what they missed. */
  async enter(listener: Listener, start: Start): Promise<void> {
    this.#begin()
    const { orgId } = listener
    let feed = this.#feeds.get(orgId)
    if (!feed) this.#feeds.set(orgId, (feed = new Feed(orgId, this.#forFeeds)))
    await feed.arrive(listener, start)
  }

  leave(listener: Listener): void {
    this.#limits.leave(listener)
    this.meters.clients.dec()
    const { orgId, tab } = listener
    const feed = this.#feeds.get(orgId)
    feed?.leave(listener)
    if (feed?.isEmpty) this.#drop(feed)
    if (tab && this.editing.ofTab(orgId, tab).length) setTimeout(() => this.#isTabGone(orgId, tab), awayFor).unref()
  }

  /** One tab says that it is, or is not any more, editing a record. */
  stir(stir: Stir): void {
    this.#begin()
    this.#parts.signals.tell({ org: stir.org, topic: 'editing', stir })
  }

  /** Ends all streams, so that a server that stops need not wait for them. */
  stop(): void {
    this.#isClosing = true
    for (const timer of this.#timers) clearInterval(timer)
    for (const feed of this.#feeds.values()) feed.close()
  }

  /** What needs time only once somebody listens. */
  #begin(): void {
    if (this.#timers.length || this.#isClosing) return
    void this.#parts.signals.attend()
    const look = setInterval(() => this.#lookEverywhere(), lookAnyway)
    const beat = setInterval(() => void this.checkAll(), heartbeat)
    this.#timers = [look.unref(), beat.unref()]
  }

  #lookEverywhere(): void {
    for (const feed of this.#feeds.values())
      if (feed.isEmpty) this.#drop(feed)
      else feed.wake()
    for (const { org, record } of this.editing.isEmpty ? [] : this.editing.expire()) this.#edited(org, record)
  }

  /** Sends away all who are not let in any more, and shows the others that their connection lives. */
  async checkAll(): Promise<void> {
    for (const feed of this.#feeds.values())
      await feed.beat().catch((error: unknown) => this.#parts.log.warn({ err: error }, 'live streams: no heartbeat'))
  }

  #drop(feed: Feed): void {
    feed.close()
    this.#feeds.delete(feed.orgId)
  }

  #stirred(stir: Stir): void {
    if (this.editing.stir(stir)) this.#edited(stir.org, stir.record)
  }

  #edited(orgId: string, record: string): void {
    const feed = this.#feeds.get(orgId)
    if (!feed?.audience.hears(record)) return
    feed.standing.edited(record)
    feed.wake()
  }

  #unread(orgId: string, users: readonly string[]): void {
    const feed = this.#feeds.get(orgId)
    feed?.standing.unread(users)
    feed?.wake()
  }

  #isTabGone(orgId: string, tab: string): void {
    const isBack = this.#feeds
      .get(orgId)
      ?.audience.all()
      .some((one) => one.tab === tab)
    if (!isBack) for (const stir of this.editing.ofTab(orgId, tab)) this.stir({ ...stir, editing: false })
  }
}
