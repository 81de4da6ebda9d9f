import type { Registry } from '../registry.ts'
import type { Audience } from './audience.ts'
import type { Entry } from './changes.ts'
import { event, type LiveEvent } from './event.ts'
import { actHeard, type Change, hearsAll } from './hearing.ts'
import type { Listener } from './listener.ts'

/** Events for each listener. */
export type Told = Map<Listener, LiveEvent[]>

/** More changes of one topic than this are told as one: whoever has a list reads it anew anyway. */
const mostOfTopic = 100

export const topicOf = ({ resource, id }: Change) => `${resource.path}/${id}`

/** Entries put together by record, as far as somebody listens. */
export function changesOf(registry: Registry, entries: readonly Entry[], hears: (topic: string) => boolean): Change[] {
  const changes = new Map<string, Change>()
  for (const entry of entries) {
    const resource = registry.resources.get(entry.resource)
    if (!resource || !(hears(resource.path) || hears(`${resource.path}/${entry.record}`))) continue
    const key = `${entry.resource} ${entry.record}`
    const known = changes.get(key)
    if (known) known.entries.push(entry)
    else changes.set(key, { resource, id: entry.record, entries: [entry] })
  }
  return [...changes.values()]
}

/** Ids of records by the name of their resource. */
export function idsByResource(records: Iterable<readonly [resource: string, id: string]>): Map<string, Set<string>> {
  const wanted = new Map<string, Set<string>>()
  for (const [resource, id] of records) {
    const ids = wanted.get(resource)
    if (ids) ids.add(id)
    else wanted.set(resource, new Set([id]))
  }
  return wanted
}

/** Works out who is told what of some changes. */
export class Telling {
  readonly told: Told = new Map()
  readonly #registry: Registry
  readonly #position: string
  readonly #made = new Map<string, LiveEvent>()

  constructor(registry: Registry, position: string) {
    this.#registry = registry
    this.#position = position
  }

  /** Tells everybody of an audience what they may hear. */
  changes(changes: readonly Change[], audience: Audience): void {
    for (const [path, some] of Map.groupBy(changes, ({ resource }) => resource.path)) {
      for (const listener of audience.of(path)) this.#toList(listener, path, some)
      for (const change of some)
        for (const listener of audience.of(topicOf(change)))
          if (!listener.topics.has(path) || some.length > mostOfTopic) this.#toRecord(listener, change)
    }
  }

  add(listener: Listener, ...events: LiveEvent[]): void {
    const others = this.told.get(listener)
    if (others) others.push(...events)
    else this.told.set(listener, events)
  }

  #toList(listener: Listener, path: string, changes: readonly Change[]): void {
    const [first] = changes
    if (!first) return
    const isOpen = changes.length > mostOfTopic && hearsAll(this.#registry, first.resource, listener.actor)
    const heard = isOpen ? null : this.#heard(listener, changes)
    if (heard) for (const one of heard) this.add(listener, one)
    else this.add(listener, this.#event(`${path} many`, { topic: path, id: null, act: 'many', version: null }))
  }

  /** One by one what the listener may hear; null when that is too much. */
  #heard({ actor }: Listener, changes: readonly Change[]): LiveEvent[] | null {
    const heard: LiveEvent[] = []
    for (const change of changes) {
      const act = actHeard(this.#registry, actor, change)
      if (act === undefined) continue
      if (heard.length === mostOfTopic) return null
      heard.push(this.#ofChange(change, act))
    }
    return heard
  }

  #toRecord(listener: Listener, change: Change): void {
    const act = actHeard(this.#registry, listener.actor, change)
    if (act !== undefined) this.add(listener, this.#ofChange(change, act))
  }

  #ofChange(change: Change, act: string): LiveEvent {
    const { resource, id, row } = change
    return this.#event(`${resource.path} ${id} ${act}`, {
      topic: resource.path,
      id,
      act,
      version: row?.['version'] ?? null,
    })
  }

  /** Made once for all who hear it. */
  #event(key: string, data: object): LiveEvent {
    let made = this.#made.get(key)
    if (!made) this.#made.set(key, (made = event('change', data, this.#position)))
    return made
  }
}
