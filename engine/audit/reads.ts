import { type Owner, refuse, type Resource, say } from '@commonhall/kernel'
import type { Caller } from '../caller.ts'
import type { UserAccess } from '../database/access.ts'
import { isOwn } from '../rules.ts'

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
  readonly names: readonly string[]
  readonly at: string
  /** Which of the names were shown of each record: a bit for each, as a list of fifty notes itself in microseconds. */
  readonly records: Map<string, number>
}

type Row = Readonly<Record<string, unknown>>

/** From so many records on, another line is begun. */
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
 * Reads of sensitive fields, gathered until they are written: those of one session and resource become one line with
 * all records that were shown. What the house itself reads and what a person reads about themselves is not noted.
 */
export class Reads {
  readonly #gathered = new Map<string, Gathered>()
  #waiting = 0

  /** Notes rows as they are about to be shown, after what the reader may not see has been taken out. True: noted. */
  note({ access, actor }: Caller, resource: Resource, owners: readonly Owner[], rows: readonly Row[]): boolean {
    const names = sensitiveFields(resource)
    if (!names.length || access.kind !== 'user') return false
    let gathered: Gathered | undefined
    for (const row of rows) {
      let shown = 0
      for (let n = 0; n < names.length; n++) if (isThere(row[names[n] as string])) shown |= 1 << n
      if (!shown || isOwn(owners, actor, row)) continue
      gathered ??= this.#gather(access, resource.name, names)
      this.#add(gathered, row['id'] as string, shown)
    }
    return gathered !== undefined
  }

  /** Notes that fields of one thing were shown which is no record of theirs, such as rows of a file. */
  noteFields({ access }: Caller, resource: string, fields: readonly string[], record: string): boolean {
    if (!fields.length || access.kind !== 'user') return false
    this.#add(this.#gather(access, resource, fields), record, (1 << fields.length) - 1)
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

  /** What is gathered of this session and resource; begun if there is none, or if it is long enough. */
  #gather(access: UserAccess, resource: string, names: readonly string[]): Gathered {
    if (this.#waiting >= mostWaiting) {
      refuse('unavailable', say('engine:audit.full'), { headers: { 'retry-after': '5' } })
    }
    const { sessionId, orgId, via, address } = access
    const key = `${sessionId} ${orgId} ${via} ${address} ${resource} ${names.join()}`
    let gathered = this.#gathered.get(key)
    if (gathered && gathered.records.size < mostInLine) return gathered
    // Put aside under a name of its own, so that the next one starts anew.
    if (gathered) this.#gathered.set(`${key} ${this.#gathered.size}`, gathered)
    gathered = { access, resource, names, at: new Date().toISOString(), records: new Map() }
    this.#gathered.set(key, gathered)
    return gathered
  }

  /** `shown` has a bit for each of the names. */
  #add({ records }: Gathered, record: string, shown: number) {
    const known = records.get(record)
    if (known === undefined) this.#waiting += 1
    records.set(record, (known ?? 0) | shown)
  }
}

const isThere = (value: unknown) => value !== null && value !== undefined && value !== ''

function lineOf({ access, resource, names, at, records }: Gathered): ReadLine {
  const ids = [...records.keys()]
  const holders = names.map((name, n) => [name, ids.filter((id) => (records.get(id) ?? 0) & (1 << n))] as const)
  const shown = holders.filter(([, some]) => some.length)
  const fields = shown.map(([name]) => name)
  const [only] = ids
  if (only !== undefined && ids.length === 1)
    return readLine(access, { act: 'read', at, resource, record: only, detail: { fields, rows: 1 } })
  // Most often all of them have a field; where only some do, these are named.
  const partly = Object.fromEntries(shown.filter(([, some]) => some.length < ids.length))
  const detail = { fields, rows: ids.length, records: ids, ...(Object.keys(partly).length ? { partly } : {}) }
  return readLine(access, { act: 'read', at, resource, record: null, detail })
}

export const readLine = (
  { sessionId, orgId, via, requestId, address }: UserAccess,
  told: Pick<ReadLine, 'act' | 'at' | 'resource' | 'record' | 'detail'>,
): ReadLine => ({ ...told, session: sessionId, org: orgId, via, request_id: requestId, address })
