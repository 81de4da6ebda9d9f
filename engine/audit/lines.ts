import { fileResource, type Resource, targetOf } from '@commonhall/kernel'
import type { Caller } from '../caller.ts'
import type { Engine } from '../engine.ts'
import type { Registry } from '../registry.ts'
import { wholeLabel } from '../roles/permission-words.ts'
import { judge } from '../rules.ts'
import { namesOf } from './names.ts'
import { sensitiveFields } from './reads.ts'

/** What rows of a resource of the house's own need before anybody sees them. */
export type Lens = (caller: Caller, rows: readonly Record<string, unknown>[]) => Promise<void>

/** A line of the trail, as far as it is made ready here for a reader. */
interface Line {
  readonly resource: string
  readonly record: string | null
  changes: Record<string, unknown> | null
  readonly detail?: {
    readonly name?: string
    readonly records?: readonly string[]
    /** The file that was opened. */
    readonly file?: { readonly id: string }
  } | null
  title?: string | null
  titles?: Record<string, string | null>
}

/** Of a line about many records, so many are named. */
const mostNamed = 12

/**
 * Makes lines ready for their reader: without what the reader may not see, with the names of what they are about and
 * of what their values point to. Fields have been taken out by their own rules before.
 */
export const auditLens =
  (engine: Engine): Lens =>
  async (caller, rows) =>
    await readyForReader(engine, caller, rows as unknown as Line[])

export async function readyForReader(engine: Engine, caller: Caller, lines: readonly Line[]): Promise<void> {
  const wanted = new Map<string, Set<string>>()
  const want = (resource: string, id: unknown) => {
    if (typeof id !== 'string') return
    const ids = wanted.get(resource)
    if (ids) ids.add(id)
    else wanted.set(resource, new Set([id]))
  }
  for (const line of lines) {
    const resource = engine.registry.resources.get(line.resource)
    if (!resource) continue
    cover(engine, caller, resource, line)
    want(line.resource, line.record)
    for (const id of line.detail?.records?.slice(0, mostNamed) ?? []) want(line.resource, id)
    want(fileResource, line.detail?.file?.id)
    for (const [to, id] of pointers(resource, line)) want(to, id)
  }
  const names = await namesOf(engine, caller, wanted)
  for (const line of lines) name(engine, line, names)
}

/** Takes the values away if the reader may not see the record, and notes which sensitive ones are shown. */
function cover({ registry, watch }: Engine, caller: Caller, resource: Resource, line: Line): void {
  const { changes, record } = line
  if (!changes) return
  const found = registry.ruleFor(resource, 'read')
  const values = Object.fromEntries(Object.entries(changes).map(([field, pair]) => [field, (pair as unknown[])[1]]))
  if (!found || judge(found.rule, found.permission, caller.actor, { ...values, id: record }) !== true) {
    line.changes = {}
    return
  }
  const shown = sensitiveFields(resource).map((field) => [
    field,
    (changes[field] as unknown[] | undefined)?.find(isThere),
  ])
  if (record) watch.shown(caller, resource, found.rule, [{ ...Object.fromEntries(shown), id: record }])
}

const isThere = (value: unknown) => value !== null && value !== undefined && value !== ''

/** What old and new values of references point to. */
function pointers(resource: Resource, { changes }: Line): [string, unknown][] {
  return Object.entries(changes ?? {}).flatMap(([field, pair]) => {
    const to = targetOf(resource.fields[field])
    return to && Array.isArray(pair) ? pair.map((id): [string, unknown] => [to, id]) : []
  })
}

/** What permissions are called that a role was given, or that were taken from it. */
function permissionsOf(registry: Registry, { resource, changes }: Line): Record<string, string> {
  const pair = resource === 'foundation.role' ? changes?.['changes'] : undefined
  if (!Array.isArray(pair)) return {}
  const keys = pair.flatMap((side: unknown) => Object.keys(side ?? {}))
  return Object.fromEntries(keys.map((key) => [key, wholeLabel(registry, key)]))
}

function name({ registry }: Engine, line: Line, names: ReadonlyMap<string, string>): void {
  line.title = (line.record && names.get(line.record)) || line.detail?.name || null
  const resource = registry.resources.get(line.resource)
  const pointed = resource ? pointers(resource, line).map(([, id]) => id) : []
  const ids = [...pointed, ...(line.detail?.records ?? []), line.detail?.file?.id]
  const found = ids.flatMap((id) => (typeof id === 'string' && names.has(id) ? [[id, names.get(id) ?? null]] : []))
  const named = Object.fromEntries(found) as Record<string, string>
  line.titles = { ...line.titles, ...permissionsOf(registry, line), ...named }
}
