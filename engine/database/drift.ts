import type pg from 'pg'
import { baseColumns, choicesOf, isArchivable, kindOf, type Resource, targetOf } from '@commonhall/kernel'
import { draftColumn, tableOf } from './draft.ts'

/** A difference between what a resource declares and what the database has, with the SQL that would mend it. */
export interface Drift {
  readonly table: string
  readonly problem: string
  readonly mend?: string
}

interface Found {
  readonly kind: string
  readonly forced: boolean
  readonly columns: Readonly<Record<string, { type: string; needed: boolean; generated: boolean }>>
  readonly constraints: readonly string[]
  readonly triggers: readonly string[]
  readonly policies: readonly string[]
}

const query = `
  select c.relkind as kind, c.relforcerowsecurity and c.relrowsecurity as forced,
    (select jsonb_object_agg(a.attname, jsonb_build_object('type', format_type(a.atttypid, a.atttypmod),
      'needed', a.attnotnull, 'generated', a.attgenerated <> ''))
      from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
    coalesce((select jsonb_agg(pg_get_constraintdef(k.oid)) from pg_constraint k where k.conrelid = c.oid), '[]') as constraints,
    coalesce((select jsonb_agg(t.tgname) from pg_trigger t where t.tgrelid = c.oid and not t.tgisinternal), '[]') as triggers,
    coalesce((select jsonb_agg(p.polname) from pg_policy p where p.polrelid = c.oid), '[]') as policies
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = $1 and c.relname = $2`

/** Compares every declared resource with the real database. An empty answer means that they are equal. */
export async function findDrift(client: pg.ClientBase, resources: ReadonlyMap<string, Resource>): Promise<Drift[]> {
  const drifts: Drift[] = []
  for (const resource of resources.values()) {
    const { rows } = await client.query<Found>(query, [resource.schema, resource.table])
    const table = tableOf(resource)
    if (!rows[0]) drifts.push({ table, problem: 'there is no such table' })
    else for (const drift of compare(resource, rows[0], resources)) drifts.push({ table, ...drift })
  }
  return drifts
}

function* compare(resource: Resource, found: Found, all: ReadonlyMap<string, Resource>): Generator<Omit<Drift, 'table'>> {
  const table = tableOf(resource)
  const house = new Set<string>([...baseColumns, 'search_text', 'period', ...(isArchivable(resource) ? ['archived_at'] : [])])
  for (const [name, declared] of Object.entries(resource.fields)) {
    const column = found.columns[name]
    const type = kindOf(declared).sqlType(declared)
    if (!column) {
      yield { problem: `the column ${name} is missing`, mend: `alter table ${table} add column ${draftColumn(name, declared)};` }
    } else if (found.kind !== 'v') {
      if (column.type !== type) {
        yield { problem: `${name} is ${column.type}, declared ${type}`, mend: `alter table ${table} alter ${name} type ${type};` }
      }
      if (column.needed !== Boolean(declared.required)) {
        const verb = declared.required ? 'set' : 'drop'
        yield { problem: `${name} is ${column.needed ? '' : 'not '}required`, mend: `alter table ${table} alter ${name} ${verb} not null;` }
      }
    }
  }
  for (const name of Object.keys(found.columns)) {
    if (!(name in resource.fields) && !house.has(name)) {
      yield { problem: `the column ${name} is not declared`, mend: `alter table ${table} drop column ${name};` }
    }
  }
  if (found.kind !== 'v') yield* compareGuards(resource, found, all)
}

function* compareGuards(resource: Resource, found: Found, all: ReadonlyMap<string, Resource>): Generator<Omit<Drift, 'table'>> {
  const table = tableOf(resource)
  const has = (definition: string) => found.constraints.some((one) => one.startsWith(definition))
  if (!found.forced || !found.policies.includes('org_rows')) {
    yield { problem: 'row-level security is not on', mend: `select foundation.guard_table('${table}');` }
  }
  if (resource.traits.includes('audited') !== found.triggers.includes('audit_insert')) {
    yield { problem: 'the audit trigger does not match the trait', mend: `select foundation.audit_table('${table}', '${resource.name}');` }
  }
  if (resource.views.search.length && !found.columns['search_text']) yield { problem: 'the search text is missing' }
  if (!has('PRIMARY KEY (org_id, id)')) yield { problem: 'the primary key is not (org_id, id)' }
  for (const [name, declared] of Object.entries(resource.fields)) {
    const target = all.get(targetOf(declared) ?? '')
    if (declared.unique && !has(`UNIQUE (org_id, ${name})`)) {
      yield { problem: `${name} is not unique`, mend: `alter table ${table} add unique (org_id, ${name});` }
    }
    if (target && !has(`FOREIGN KEY (org_id, ${name}) REFERENCES ${tableOf(target)}(org_id, id)`)) {
      yield { problem: `${name} does not refer to ${tableOf(target)}` }
    }
    const missing = choicesOf(declared).filter((choice) => !found.constraints.some((one) =>
      one.startsWith('CHECK') && one.includes(`(${name} = `) && one.includes(`'${choice}'`)))
    if (missing.length) yield { problem: `the check of ${name} leaves out ${missing.join(', ')}` }
  }
  const period = resource.temporalKey
  if (period && !has(`UNIQUE (org_id, ${period.per.join(', ')}, period WITHOUT OVERLAPS)`)) {
    yield { problem: 'the temporal key is missing' }
  }
}
