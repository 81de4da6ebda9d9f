import { fieldsIn, type Resource } from '@commonhall/kernel'
import { asHouse } from '../database/access.ts'
import { tableOf } from '../database/draft.ts'
import type { Database } from '../database/pool.ts'
import { guardedNames } from '../records/field-rules.ts'
import { Values } from '../records/list-sql.ts'
import type { Registry } from '../registry.ts'
import { looksFrom, type Seen, seenAt } from './seen.ts'

type Row = Readonly<Record<string, unknown>>

/** One line of the change log, without values but those that rules look at. */
export interface Entry {
  readonly resource: string
  readonly record: string
  readonly act: string
  /** Which fields changed. */
  readonly fields: readonly string[]
  /** What the fields that rules look at held before; null where there was no record before. */
  readonly before: Row | null
  /** Milliseconds from the entry to the moment of looking. */
  readonly age: number
}

export interface Found {
  readonly seen: Seen
  readonly entries: readonly Entry[]
  /** More than can be told one by one. */
  readonly isTooMuch: boolean
}

/** What one look takes in. */
const most = 2_000

/** Resources whose changes stand in the change log. */
export const liveResources = (registry: Registry): Resource[] =>
  [...registry.resources.values()].filter(({ traits }) => traits.includes('audited'))

/** Fields that the rules for reading a resource, and single fields of it, look at. */
export function judgedFields(registry: Registry, resource: Resource): readonly string[] {
  const ofFields = guardedNames(registry, resource).map((name) => registry.fieldRule(resource, name, 'read'))
  const rules = [registry.ruleFor(resource, 'read'), ...ofFields].flatMap((found) => (found ? [found.rule] : []))
  const named = rules.flatMap(({ owners, vetoes }) => [
    ...owners.map(({ field }) => field),
    ...vetoes.flatMap(({ when }) => fieldsIn(when)),
  ])
  return [...new Set(named)].filter((name) => name !== 'id')
}

/**
 * Where to look, in two parts: what began after the last look, and what was running then and has ended since. The
 * second part reaches far back while something long is running, so it is not even begun before that ends.
 */
const lookSql = `
  with found as (
    select e.* from foundation.audit_entry e
    where e.id >= $2 and not pg_visible_in_snapshot(e.xid, $1::pg_snapshot) and e.resource = any($5)
    union all
    select e.* from foundation.audit_entry e
    where e.id >= $3 and e.id < $2 and e.xid = any($4::xid8[]) and e.resource = any($5)
      and (select bool_or(pg_visible_in_snapshot(x, pg_current_snapshot())) from unnest($4::xid8[]) x)
    limit $7
  ), told as (
    select e.resource, e.record, e.act,
      array(select jsonb_object_keys(e.old || coalesce(e.new, '{}')) where e.act <> 'delete') as fields,
      case when e.old is not null then coalesce((select jsonb_object_agg(name, e.old -> name)
        from jsonb_array_elements_text($6::jsonb -> e.resource) name where e.old ? name), '{}') end as before,
      round(extract(epoch from clock_timestamp() - e.at) * 1000)::integer as age
    from found e where e.record is not null and e.act not in ('denied', 'read', 'export') order by e.id
  )
  select pg_current_snapshot()::text as snapshot,
    (extract(epoch from statement_timestamp()) * 1000)::float8 as at,
    (select count(*) from found)::integer as count,
    coalesce((select jsonb_agg(told) from told), '[]') as entries`

/** Reads the change log of one org. */
export class ChangeLog {
  readonly #database: Database
  readonly #registry: Registry
  readonly #resources: readonly string[]
  readonly #judged: string

  constructor(database: Database, registry: Registry) {
    this.#database = database
    this.#registry = registry
    const live = liveResources(registry)
    this.#resources = live.map(({ name }) => name)
    this.#judged = JSON.stringify(Object.fromEntries(live.map((one) => [one.name, judgedFields(registry, one)])))
  }

  /** What has been committed since; at first only where we are. */
  async since(orgId: string, seen?: Seen): Promise<Found> {
    const { text, from, back, running } = seen ? looksFrom(seen) : nothing
    const [row] = await this.#database.read<{ snapshot: string; at: number; count: number; entries: Entry[] }>(
      asHouse(orgId),
      { text: lookSql, values: [text, from, back, running, seen ? this.#resources : [], this.#judged, most + 1] },
    )
    if (!row) throw new Error('The change log could not be read.')
    return { seen: seenAt(row.snapshot, row.at, seen), entries: row.entries, isTooMuch: row.count > most }
  }

  /** Version and what rules look at, of records as they are now, by id. */
  async rows(orgId: string, wanted: ReadonlyMap<string, ReadonlySet<string>>): Promise<ReadonlyMap<string, Row>> {
    const values = new Values()
    // In one order, so that batches alike are the same prepared statement.
    const parts = [...wanted.keys()].toSorted().map((name) => {
      const resource = this.#registry.resource(name)
      const fields = judgedFields(this.#registry, resource).map((field) => `'${field}', t."${field}"`)
      return `select t.id, t.version, jsonb_build_object(${fields.join(', ')}) as judged from ${tableOf(resource)} t
        where t.id = any(${values.bind([...(wanted.get(name) ?? [])])}::uuid[])`
    })
    if (!parts.length) return new Map()
    const statement = { text: parts.join(' union all '), values: values.list }
    const rows = await this.#database.read<{ id: string; version: number; judged: Row }>(asHouse(orgId), statement)
    return new Map(rows.map(({ id, version, judged }) => [id, { ...judged, id, version }]))
  }
}

const last = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
/** At first nothing is looked for. */
const nothing = { text: '1:1:', from: last, back: last, running: [] as string[] }
