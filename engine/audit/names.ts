import { labelOf, type Resource, spellTitle, targetOf, titleParts } from '@commonhall/kernel'
import type { Caller } from '../caller.ts'
import { tableOf } from '../database/draft.ts'
import type { Statement } from '../database/pool.ts'
import type { Engine } from '../engine.ts'
import { titleSql } from '../records/columns.ts'
import { Values } from '../records/list-sql.ts'
import type { Registry } from '../registry.ts'
import { judge } from '../rules.ts'

type Row = Readonly<Record<string, unknown>>

interface Named {
  readonly resource: string
  readonly id: string
  readonly title: string | null
  /** What a record held when it was deleted. */
  readonly gone: Row | null
}

/** Ids of records by resource. */
export type Wanted = ReadonlyMap<string, ReadonlySet<string>>

/** What records are called, by id; those that the reader may not see are not in it. */
export async function namesOf({ registry, database, records }: Engine, caller: Caller, wanted: Wanted) {
  const names = new Map<string, string>()
  const statement = statementOf(registry, records, caller, wanted)
  if (!statement) return names
  for (const { resource: name, id, title, gone } of await database.read<Named & Row>(caller.access, statement)) {
    const resource = registry.resource(name)
    if (title) names.set(id, title)
    else if (gone && maySee(registry, caller, resource, { ...gone, id }) && !names.has(id))
      names.set(id, titleOf(resource, gone))
  }
  return names
}

/** Living records by the rule of the reader, deleted ones as they were: one statement for a page of lines. */
function statementOf(registry: Registry, records: Engine['records'], caller: Caller, wanted: Wanted): Statement | null {
  const values = new Values()
  const parts: string[] = []
  // In one order, so that pages alike are the same prepared statement.
  for (const name of [...wanted.keys()].toSorted()) {
    const resource = registry.resources.get(name)
    if (!resource || !registry.ruleFor(resource, 'read')) continue
    const source = values.bind(name)
    const ids = values.bind([...(wanted.get(name) ?? [])])
    const seen = records.visible(caller, resource)(values.bind)
    parts.push(
      `select ${source}::text as resource, t.id, ${titleSql(resource, 't')}${keySql(resource)} as title,
        null::jsonb as gone from ${tableOf(resource)} t where t.id = any(${ids}::uuid[])${seen ? ` and ${seen}` : ''}`,
      `select ${source}::text, e.record, null, e.old from foundation.audit_entry e
        where e.record = any(${ids}::uuid[]) and e.resource = ${source} and e.act = 'delete'`,
    )
  }
  return parts.length ? { text: parts.join(' union all '), values: values.list } : null
}

function maySee(registry: Registry, { actor }: Caller, resource: Resource, record: Row): boolean {
  const found = registry.ruleFor(resource, 'read')
  return found !== undefined && judge(found.rule, found.permission, actor, record) === true
}

/** The field by which people name a record on paper, if its title does not hold it. */
function keyOf({ naturalKey, title }: Resource): string | undefined {
  return naturalKey && !titleParts(title).some(({ field }) => field === naturalKey) ? naturalKey : undefined
}

const labelOfKey = (resource: Resource, key: string) => labelOf(resource.fields, key).toLowerCase()

function keySql(resource: Resource): string {
  const key = keyOf(resource)
  if (!key) return ''
  return ` || coalesce(' · ${labelOfKey(resource, key).replaceAll("'", "''")} ' || t."${key}"::text, '')`
}

/** `Ortiz, Ana · card number 1042`, from the values that a record had. */
function titleOf(resource: Resource, values: Row): string {
  const text = spellTitle(resource.title, (field) =>
    targetOf(resource.fields[field]) ? '' : String(values[field] ?? ''),
  )
  const key = keyOf(resource)
  const number = key && values[key] ? ` · ${labelOfKey(resource, key)} ${String(values[key])}` : ''
  return text + number
}
