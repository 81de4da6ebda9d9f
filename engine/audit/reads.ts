import { refuse, type Resource, say } from '@commonhall/kernel'
import type { Caller } from '../caller.ts'
import type { UserAccess } from '../database/access.ts'

/** One line of reads as `foundation.note_reads` takes it. */
export interface ReadLine {
  readonly session: string
  readonly org: string
  readonly at: string
  readonly act: 'read' | 'export'
  readonly resource: string
  /** The record, when it was one. */
  readonly record: string | null
  readonly detail: Readonly<Record<string, unknown>>
  readonly via: string
  readonly request_id: string
  readonly address: string
}

interface Gathered {
  readonly access: UserAccess
  readonly resource: string
  readonly fields: readonly string[]
  readonly at: string
  readonly records: Set<string>
}

type Row = Readonly<Record<string, unknown>>

/** So many records in one line; more make another one. */
const mostInLine = 500
/** So many records wait at most. Beyond it nothing sensitive is shown, for nothing may be read unnoticed. */
const mostWaiting = 100_000

const sensitive = new WeakMap<Resource, readonly string[]>()

/** The resource's fields whose reading leaves a line. */
export function sensitiveFields(resource: Resource): readonly string[] {
  let names = sensitive.get(resource)
  if (!names) {
    names = Object.keys(resource.fields).filter((name) => resource.fields[name]?.sensitive)
    sensitive.set(resource, names)
  }
  return names
}

/**
 * Reads of sensitive fields, gathered until they are written: those of one session, resource and set of fields become
 * one line with all records that were shown. What the house itself reads and what a person reads about themselves is
 * not noted.
 */
export class Reads {
  readonly #gathered = new Map<string, Gathered>()
  #waiting = 0

  /** Notes rows as they are about to be shown, after what the reader may not see has been taken out. True: noted. */
  note({ access, actor }: Caller, resource: Resource, owners: readonly string[], rows: readonly Row[]): boolean {
    const names = sensitiveFields(resource)
    if (!names.length || access.kind !== 'user') return false
    const own = actor.memberId
    let isNoted = false
    for (const row of rows) {
      const shown = names.filter((name) => row[name] !== null && row[name] !== undefined && row[name] !== '')
      if (!shown.length || (own !== null && owners.some((field) => row[field] === own))) continue
      this.#add(access, resource.name, shown, row['id'] as string)
      isNoted = true
    }
    return isNoted
  }

  /** Notes that fields of one thing were shown which is no record of theirs: a file's rows, a line of the trail. */
  noteFields({ access }: Caller, resource: string, fields: readonly string[], record: string): boolean {
    if (!fields.length || access.kind !== 'user') return false
    this.#add(access, resource, fields, record)
    return true
  }

  /** What is to be written, oldest first. It waits no longer. */
  take(): ReadLine[] {
    const lines = [...this.#gathered.values()].map(lineOf)
    this.#gathered.clear()
    this.#waiting = 0
    return lines
  }

  get isFull(): boolean {
    return this.#waiting > mostWaiting / 2
  }

  #add(access: UserAccess, resource: string, fields: readonly string[], record: string) {
    if (this.#waiting >= mostWaiting) {
      refuse('unavailable', say('engine:audit.full'), { headers: { 'retry-after': '5' } })
    }
    const { sessionId, orgId, via, address } = access
    const key = `${sessionId} ${orgId} ${via} ${address} ${resource} ${fields.join()}`
    let gathered = this.#gathered.get(key)
    if (gathered && gathered.records.size >= mostInLine) {
      // Put aside under a name of its own, so that the next one starts anew.
      this.#gathered.set(`${key} ${this.#gathered.size}`, gathered)
      gathered = undefined
    }
    if (!gathered) {
      gathered = { access, resource, fields, at: new Date().toISOString(), records: new Set() }
      this.#gathered.set(key, gathered)
    }
    const before = gathered.records.size
    gathered.records.add(record)
    this.#waiting += gathered.records.size - before
  }
}

function lineOf({ access, resource, fields, at, records }: Gathered): ReadLine {
  const ids = [...records]
  const detail = { fields, rows: ids.length, ...(ids.length === 1 ? {} : { records: ids }) }
  return readLine(access, { act: 'read', at, resource, record: ids.length === 1 ? (ids[0] ?? null) : null, detail })
}

export const readLine = (
  { sessionId, orgId, via, requestId, address }: UserAccess,
  told: Pick<ReadLine, 'act' | 'at' | 'resource' | 'record' | 'detail'>,
): ReadLine => ({ ...told, session: sessionId, org: orgId, via, request_id: requestId, address })
