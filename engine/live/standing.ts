import type { Registry } from '../registry.ts'
import type { Audience } from './audience.ts'
import type { ChangeLog } from './changes.ts'
import type { Editing } from './editing.ts'
import { event, type LiveEvent } from './event.ts'
import { maySee } from './hearing.ts'
import type { Listener } from './listener.ts'
import { idsByResource, type Telling } from './telling.ts'

/** How many notifications each of some people has not read. */
export type CountUnread = (orgId: string, users: readonly string[]) => Promise<ReadonlyMap<string, number>>

type Rows = Awaited<ReturnType<ChangeLog['rows']>>

interface Parts {
  readonly registry: Registry
  readonly log: ChangeLog
  readonly editing: Editing
  readonly countUnread: CountUnread
}

/** How things stand in one org that are in no log: unread notifications, and who is editing. */
export class Standing {
  readonly #orgId: string
  readonly #parts: Parts
  #users = new Set<string>()
  #records = new Set<string>()

  constructor(orgId: string, parts: Parts) {
    this.#orgId = orgId
    this.#parts = parts
  }

  /** Somebody has news in their inbox. */
  unread(users: readonly string[]): void {
    for (const user of users) this.#users.add(user)
  }

  /** Others are editing a record now. */
  edited(record: string): void {
    this.#records.add(record)
  }

  /** Tells an audience what is different since the last time. */
  async tell(audience: Audience, telling: Telling): Promise<void> {
    const [users, records] = [this.#users, this.#records]
    this.#users = new Set()
    this.#records = new Set()
    try {
      await this.#tellUnread(users, audience, telling)
      await this.#tellEditors(records, audience, telling)
    } catch (error) {
      this.unread([...users])
      for (const record of records) this.edited(record)
      throw error
    }
  }

  /** How many unread notifications those of some listeners have who want to know. */
  async countFor(listeners: readonly Listener[]): Promise<ReadonlyMap<string, number>> {
    const users = new Set(listeners.flatMap(({ topics, userId }) => (topics.has('inbox') ? [userId] : [])))
    return users.size ? await this.#parts.countUnread(this.#orgId, [...users]) : new Map()
  }

  /** For somebody who comes; one who was here before may still show an editor who has gone. */
  async forArrival(
    listener: Listener,
    unread: ReadonlyMap<string, number>,
    wasHere: boolean,
  ): Promise<readonly LiveEvent[]> {
    const told: LiveEvent[] = listener.topics.has('inbox') ? unreadOf(listener, unread) : []
    const records = [...listener.topics].filter((topic) => topic.includes('/'))
    const busy = records.filter((record) => this.#parts.editing.people(this.#orgId, record, '').length)
    const rows = await this.#rowsOf(busy)
    for (const record of records) {
      if (busy.includes(record)) told.push(...this.#editors(listener, record, rows))
      else if (wasHere) told.push(event('editing', { topic: record, people: [] }))
    }
    return told
  }

  async #tellUnread(users: ReadonlySet<string>, audience: Audience, telling: Telling): Promise<void> {
    if (!users.size) return
    const listeners = [...audience.of('inbox')].filter(({ userId }) => users.has(userId))
    const unread = await this.countFor(listeners)
    for (const one of listeners) telling.add(one, ...unreadOf(one, unread))
  }

  async #tellEditors(records: ReadonlySet<string>, audience: Audience, telling: Telling): Promise<void> {
    const heard = [...records].filter((record) => audience.hears(record))
    const rows = await this.#rowsOf(heard)
    for (const record of heard)
      for (const one of audience.of(record)) telling.add(one, ...this.#editors(one, record, rows))
  }

  /** Who else edits a record, for somebody who may know of the record. */
  #editors({ actor, userId }: Listener, record: string, rows: Rows): LiveEvent[] {
    const { registry, editing } = this.#parts
    const [path = '', id = ''] = record.split('/')
    const resource = registry.paths.get(path)
    const row = rows.get(id)
    if (!resource || !row || !maySee(registry, resource, actor, row)) return []
    return [event('editing', { topic: record, people: editing.people(this.#orgId, record, userId) })]
  }

  async #rowsOf(records: readonly string[]): Promise<Rows> {
    const { registry, log } = this.#parts
    const named = records.map((record): [string, string] => {
      const [path = '', id = ''] = record.split('/')
      return [registry.paths.get(path)?.name ?? '', id]
    })
    return await log.rows(this.#orgId, idsByResource(named))
  }
}

/** Whoever is not counted has read everything. */
const unreadOf = ({ userId }: Listener, unread: ReadonlyMap<string, number>): LiveEvent[] => [
  event('inbox', { unread: unread.get(userId) ?? 0 }),
]
