import { type Actor, labelOf, refuse, type Resource, say } from '@commonhall/kernel'
import { tableOf } from '../database/draft.ts'
import type { Statement } from '../database/pool.ts'
import { rowSql, titleSql } from '../records/columns.ts'
import type { Registry } from '../registry.ts'
import { judge, permitFresh } from '../rules.ts'

export type Row = Readonly<Record<string, unknown>>

/** Asks the database, in a transaction or outside of one. */
export type Read = (statement: Statement) => Promise<Record<string, unknown>[]>

/** Whose a file is, as far as rules look at it. */
export interface Place {
  readonly resource: string
  readonly record: string | null
  readonly field: string | null
}

export const placeOf = (row: Row): Place => ({
  resource: String(row['resource']),
  record: row['record'] as string | null,
  field: row['field'] as string | null,
})

/** The records that files belong to, by id, each with its title under `file_title`: one statement a kind of record. */
export async function parentsOf(registry: Registry, read: Read, files: readonly Place[]): Promise<Map<string, Row>> {
  const parents = new Map<string, Row>()
  const byResource = Map.groupBy(files, ({ resource }) => resource)
  for (const [name, some] of byResource) {
    const resource = registry.resources.get(name)
    const ids = [...new Set(some.flatMap(({ record }) => record ?? []))]
    if (!resource || !ids.length) continue
    const { columns, joins } = rowSql(resource, registry.resources)
    const rows = await read({
      text: `select ${columns}, ${titleSql(resource, 't')} as file_title from ${tableOf(resource)} t ${joins}
        where t.id = any($1::uuid[])`,
      values: [ids],
    })
    for (const row of rows) parents.set(String(row['id']), row)
  }
  return parents
}

/**
 * Whether the actor may add, change and delete files there: `true`, or the reason why not. What is attached goes by the
 * rule for attaching, what is in a field by those for changing the record and the field. Of a record that is not saved
 * yet, the person alone is judged.
 */
export function mayAttach(registry: Registry, actor: Actor, place: Place, record: Row | undefined): true | string {
  const resource = registry.resources.get(place.resource)
  if (!resource) return say('files:record_gone')
  if (place.record && !record) return say('files:record_gone')
  if (record?.['archived_at']) return say('engine:record.archived', { label: resource.label.toLowerCase() })
  for (const found of rulesFor(registry, resource, place)) {
    const verdict = found ? judge(found.rule, found.permission, actor, record) : say('engine:rule.not_allowed')
    if (verdict !== true) return verdict
  }
  return true
}

function rulesFor(registry: Registry, resource: Resource, { record, field }: Place) {
  if (field === null) return [registry.ruleFor(resource, 'attach'), registry.ruleFor(resource, 'read-files')]
  const ofField = registry.fieldRule(resource, field, 'write')
  return [registry.ruleFor(resource, record ? 'update' : 'create'), ...(ofField ? [ofField] : [])]
}

/** Refuses unless the actor may change files there. */
export function permitAttach(registry: Registry, actor: Actor, place: Place, record: Row | undefined): void {
  const resource = registry.resource(place.resource)
  const [first] = rulesFor(registry, resource, place)
  const verdict = mayAttach(registry, actor, place, record)
  if (verdict !== true) {
    const isLocked = record?.['archived_at'] || (place.record && !record)
    refuse(isLocked ? 'conflict' : 'forbidden', verdict, { about: { permission: first?.permission } })
  }
  if (first?.rule.fresh) permitFresh(actor, first.permission)
}

/** What a field and its kind of record are called, for sentences. */
export const spokenPlace = (registry: Registry, { resource: name, field }: Place) => {
  const resource = registry.resource(name)
  return { label: resource.label.toLowerCase(), field: labelOf(resource.fields, field ?? '') }
}
