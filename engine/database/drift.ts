import type pg from 'pg'
import {
  baseColumns,
  carriesFiles,
  choicesOf,
  type Field,
  isArchivable,
  kindOf,
  type Resource,
  targetOf,
} from '@commonhall/kernel'
import { draftColumn, draftIndex, draftTable, indexesOf, spell, tableOf } from './draft.ts'

/** A difference between what a resource declares and what the database has, with the SQL that would mend it. */
export interface Drift {
  readonly table: string
  readonly problem: string
  readonly mend?: string
}

interface Column {
  readonly type: string
  readonly collation: string | null
  readonly needed: boolean
  readonly made: string | null
}

interface Constraint {
  readonly name: string
  readonly definition: string
}

interface Found {
  readonly kind: string
  readonly forced: boolean
  readonly columns: Readonly<Record<string, Column>>
  readonly constraints: readonly Constraint[]
  readonly indexes: readonly (readonly string[])[]
  readonly triggers: readonly string[]
  readonly policies: readonly string[]
  readonly searched: boolean
}

type Difference = Omit<Drift, 'table'>

const query = `
  select c.relkind as kind, c.relforcerowsecurity and c.relrowsecurity as forced,
    (select jsonb_object_agg(a.attname, jsonb_build_object('type', format_type(a.atttypid, a.atttypmod),
        'collation', (select l.collname from pg_collation l where l.oid = a.attcollation), 'needed', a.attnotnull,
        'made', (select pg_get_expr(d.adbin, d.adrelid) from pg_attrdef d
          where a.attgenerated <> '' and d.adrelid = a.attrelid and d.adnum = a.attnum)))
      from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
    coalesce((select jsonb_agg(jsonb_build_object('name', k.conname, 'definition', pg_get_constraintdef(k.oid)))
      from pg_constraint k where k.conrelid = c.oid), '[]') as constraints,
    coalesce((select jsonb_agg((select jsonb_agg(a.attname order by place) from unnest(i.indkey::smallint[])
        with ordinality as key (number, place) join pg_attribute a on a.attrelid = c.oid and a.attnum = key.number))
      from pg_index i where i.indrelid = c.oid), '[]') as indexes,
    coalesce((select jsonb_agg(t.tgname) from pg_trigger t
      where t.tgrelid = c.oid and not t.tgisinternal), '[]') as triggers,
    coalesce((select jsonb_agg(p.polname) from pg_policy p where p.polrelid = c.oid), '[]') as policies,
    to_regprocedure(format('%I.%I(text[])', n.nspname, 'search_' || c.relname)) is not null as searched
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = $1 and c.relname = $2`

/** Compares every declared resource with the real database. An empty answer means that they are equal. */
export async function findDrift(client: pg.ClientBase, resources: ReadonlyMap<string, Resource>): Promise<Drift[]> {
  const drifts: Drift[] = []
  const found = new Map<Resource, Found>()
  for (const resource of resources.values()) {
    const { rows } = await client.query<Found>(query, [resource.schema, resource.table])
    if (rows[0]) found.set(resource, rows[0])
  }
  // Nothing can be bound to a row of a view.
  const tables = new Map([...resources].filter(([, resource]) => found.get(resource)?.kind !== 'v'))
  for (const resource of resources.values()) {
    const table = tableOf(resource)
    const one = found.get(resource)
    if (!one) drifts.push({ table, problem: 'there is no such table', mend: draftTable(resource, resources) })
    else for (const difference of compare(resource, one, tables)) drifts.push({ table, ...difference })
  }
  return drifts
}

function* compare(resource: Resource, found: Found, all: ReadonlyMap<string, Resource>): Generator<Difference> {
  for (const [name, declared] of Object.entries(resource.fields)) yield* compareColumn(resource, found, name, declared)
  const house = new Set<string>([
    ...baseColumns,
    'search_text',
    'period',
    ...(isArchivable(resource) ? ['archived_at'] : []),
  ])
  for (const name of Object.keys(found.columns)) {
    if (name in resource.fields || house.has(name)) continue
    yield {
      problem: `the column ${name} is not declared`,
      mend: `alter table ${tableOf(resource)} drop column ${spell(name)};`,
    }
  }
  // A view shows what its tables keep: their guards and keys are not its own.
  if (found.kind === 'v') return
  yield* compareGuards(resource, found)
  yield* compareKeys(resource, found, all)
  yield* compareSearch(resource, found)
}

function* compareColumn(resource: Resource, found: Found, name: string, declared: Field): Generator<Difference> {
  const table = tableOf(resource)
  const column = found.columns[name]
  const type = kindOf(declared).sqlType(declared)
  const alter = `alter table ${table} alter column ${spell(name)}`
  if (!column)
    return yield {
      problem: `the column ${name} is missing`,
      mend: `alter table ${table} add column ${draftColumn(name, declared)};`,
    }
  if (found.kind === 'v') return
  if (column.type !== type)
    yield { problem: `${name} is ${column.type}, declared ${type}`, mend: `${alter} type ${type};` }
  else if (draftColumn(name, declared).includes('collate "en-x-icu"') && column.collation !== 'en-x-icu') {
    yield { problem: `${name} does not sort as people expect`, mend: `${alter} type ${type} collate "en-x-icu";` }
  }
  if (column.needed !== Boolean(declared.required)) {
    const problem = column.needed ? `${name} is required, and declared as not` : `${name} is not required`
    yield { problem, mend: `${alter} ${declared.required ? 'set' : 'drop'} not null;` }
  }
  yield* compareChoices(resource, found, name, choicesOf(declared))
}

function* compareChoices(
  resource: Resource,
  found: Found,
  name: string,
  choices: readonly string[],
): Generator<Difference> {
  const check = found.constraints.find(
    ({ definition }) => definition.startsWith('CHECK') && definition.includes(`(${spell(name)} = `),
  )
  const allowed = [...(check?.definition ?? '').matchAll(/'((?:[^']|'')*)'::text/g)].map(([, value = '']) =>
    value.replaceAll("''", "'"),
  )
  const same = choices.length === allowed.length && choices.every((choice) => allowed.includes(choice))
  if (!choices.length || same) return
  const list = choices.map((choice) => `'${choice.replaceAll("'", "''")}'`).join(', ')
  const drop = check ? `drop constraint ${check.name}, ` : ''
  yield {
    problem: `the check of ${name} allows ${allowed.join(', ') || 'anything'}, declared ${choices.join(', ')}`,
    mend: `alter table ${tableOf(resource)} ${drop}add check (${spell(name)} in (${list}));`,
  }
}

function* compareGuards(resource: Resource, found: Found): Generator<Difference> {
  const table = tableOf(resource)
  if (!found.forced || !found.policies.includes('org_rows')) {
    yield { problem: 'row-level security is not on', mend: `select foundation.guard_table('${table}');` }
  }
  const audited = found.triggers.includes('audit_insert')
  if (resource.traits.includes('audited') && !audited) {
    yield {
      problem: 'changes leave no audit entries',
      mend: `select foundation.audit_table('${table}', '${resource.name}');`,
    }
  } else if (audited && !resource.traits.includes('audited')) {
    const mend = ['insert', 'update', 'delete'].map((what) => `drop trigger audit_${what} on ${table};`).join(' ')
    yield { problem: 'changes leave audit entries, and none are declared', mend }
  }
  if (carriesFiles(resource) && !found.triggers.includes('archive_files'))
    yield {
      problem: 'files stay when their record is deleted',
      mend: `select foundation.attach_files('${table}', '${resource.name}');`,
    }
}

function* compareKeys(resource: Resource, found: Found, all: ReadonlyMap<string, Resource>): Generator<Difference> {
  const table = tableOf(resource)
  const missing = (start: string) => !found.constraints.some(({ definition }) => definition.startsWith(start))
  const key = (names: readonly string[]) => names.map(spell).join(', ')
  if (missing('PRIMARY KEY (org_id, id)')) yield { problem: 'the primary key is not (org_id, id)' }
  const single = Object.entries(resource.fields)
    .filter(([, { unique }]) => unique)
    .map(([name]) => [name])
  for (const names of [...single, ...(resource.uniqueTogether ?? [])]) {
    const mend = `alter table ${table} add unique (org_id, ${key(names)});`
    if (missing(`UNIQUE (org_id, ${key(names)})`)) yield { problem: `${names.join(' and ')} is not unique`, mend }
  }
  for (const [name, declared] of Object.entries(resource.fields)) {
    const target = all.get(targetOf(declared) ?? '')
    if (!target || !missing(`FOREIGN KEY (org_id, ${spell(name)}) REFERENCES ${tableOf(target)}(org_id, id)`)) continue
    const key = `foreign key (org_id, ${spell(name)}) references ${tableOf(target)} (org_id, id)`
    const mend = `alter table ${table} add ${key};`
    yield { problem: `${name} does not refer to ${tableOf(target)}`, mend }
  }
  const period = resource.temporalKey
  if (period && missing(`UNIQUE (org_id, ${key(period.per)}, period WITHOUT OVERLAPS)`)) {
    const mend = `alter table ${table} add unique (org_id, ${key(period.per)}, period without overlaps);`
    yield { problem: `the dates of one ${period.per.join(' and ')} can overlap`, mend }
  }
  for (const names of indexesOf(resource)) {
    const wanted = ['org_id', ...names, 'id'].join()
    if (found.indexes.some((index) => index.join() === wanted)) continue
    yield { problem: `no index serves ${names.join(', ')}`, mend: draftIndex(resource, names) }
  }
}

function* compareSearch(resource: Resource, { columns, searched }: Found): Generator<Difference> {
  const { search } = resource.views
  if (!search.length) return
  const table = tableOf(resource)
  const made = columns['search_text']?.made ?? ''
  const list = search.map((name) => `'${name}'`).join(', ')
  if (!made || !searched)
    return yield {
      problem: 'it cannot be searched',
      mend: `select foundation.make_searchable('${table}', array[${list}]);`,
    }
  const left = search.filter((name) => !new RegExp(`\\b${name}\\b`).test(made))
  if (!left.length) return
  const finder = `${resource.schema}.search_${resource.table}`
  const again = `drop function ${finder}; drop policy search_rows on ${table};
    alter table ${table} drop column search_text; `
  yield {
    problem: `the search leaves out ${left.join(', ')}`,
    mend: `${again}select foundation.make_searchable('${table}', array[${list}]);`,
  }
}
