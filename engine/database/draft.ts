import { carriesFiles, choicesOf, type Field, isArchivable, kindOf, type Resource, targetOf } from '@commonhall/kernel'

/** A resource's table, by its full SQL name. */
export const tableOf = (resource: Resource) => `${resource.schema}.${resource.table}`

/** Drafts the migration that creates a resource's table: the columns, keys, indexes and guards that it declares. */
export function draftTable(resource: Resource, all: ReadonlyMap<string, Resource>): string {
  const table = tableOf(resource)
  const columns = Object.entries(resource.fields).map(([name, declared]) => draftColumn(name, declared))
  const period = resource.temporalKey
  const lines = [
    'org_id uuid not null default foundation.current_org() references foundation.org on delete cascade',
    'id uuid not null default uuidv7()',
    'version integer not null default 1',
    'created_at timestamptz not null default now()',
    'updated_at timestamptz not null default now()',
    ...(isArchivable(resource) ? ['archived_at timestamptz'] : []),
    ...columns,
    ...(period
      ? [`period daterange generated always as (daterange(${spell(period.from)}, ${spell(period.until)}, '[]')) stored`]
      : []),
    'primary key (org_id, id)',
    ...keysOf(resource, all),
  ]
  return (
    [
      `create table ${table} (\n  ${lines.join(',\n  ')}\n);`,
      ...indexesOf(resource).map((names) => draftIndex(resource, names)),
      `select foundation.guard_table('${table}');`,
      ...(resource.traits.includes('audited')
        ? [`select foundation.audit_table('${table}', '${resource.name}');`]
        : []),
      ...(carriesFiles(resource) ? [`select foundation.attach_files('${table}', '${resource.name}');`] : []),
      ...(resource.views.search.length
        ? [`select foundation.make_searchable('${table}', array[${resource.views.search.map(quote).join(', ')}]);`]
        : []),
    ].join('\n') + '\n'
  )
}

const quote = (name: string) => `'${name}'`

/** One column as a migration spells it. */
export function draftColumn(name: string, declared: Field): string {
  const type = kindOf(declared).sqlType(declared)
  // Names sort as people expect, accents and case beside their plain letters.
  const collation = type === 'text' && declared.kind === 'text' ? ' collate "en-x-icu"' : ''
  const choices = choicesOf(declared)
  const check = choices.length ? ` check (${spell(name)} in (${choices.map(literal).join(', ')}))` : ''
  return `${spell(name)} ${type}${collation}${declared.required ? ' not null' : ''}${draftDefault(declared)}${check}`
}

/** Today is another day tomorrow: only the server fills that in. */
function draftDefault({ kind, default: fallback }: Field): string {
  if (fallback === undefined || fallback === 'today') return ''
  if (kind === 'tags') return " default '{}'"
  return ` default ${literal(kind === 'json' ? JSON.stringify(fallback) : String(fallback))}`
}

const literal = (value: string) => `'${value.replaceAll("'", "''")}'`

/** Words that cannot stand as a column's name unless quoted. */
const reserved = new Set([
  'all',
  'and',
  'any',
  'array',
  'as',
  'asc',
  'both',
  'case',
  'cast',
  'check',
  'collate',
  'column',
  'constraint',
  'create',
  'default',
  'desc',
  'distinct',
  'do',
  'else',
  'end',
  'except',
  'false',
  'fetch',
  'for',
  'foreign',
  'from',
  'grant',
  'group',
  'having',
  'in',
  'into',
  'leading',
  'limit',
  'not',
  'null',
  'offset',
  'on',
  'only',
  'or',
  'order',
  'primary',
  'references',
  'returning',
  'select',
  'some',
  'table',
  'then',
  'to',
  'trailing',
  'true',
  'union',
  'unique',
  'user',
  'using',
  'when',
  'where',
  'window',
  'with',
])

/** A column's name as SQL spells it. */
export const spell = (name: string) => (reserved.has(name) ? `"${name}"` : name)

function keysOf(resource: Resource, all: ReadonlyMap<string, Resource>): string[] {
  const single = Object.entries(resource.fields)
    .filter(([, { unique }]) => unique)
    .map(([name]) => [name])
  const unique = [...single, ...(resource.uniqueTogether ?? [])].map(
    (names) => `unique (org_id, ${names.map(spell).join(', ')})`,
  )
  const period = resource.temporalKey
  const temporal = period ? [`unique (org_id, ${period.per.map(spell).join(', ')}, period without overlaps)`] : []
  const references = Object.entries(resource.fields).flatMap(([name, declared]) => {
    const target = all.get(targetOf(declared) ?? '')
    return target ? [`foreign key (org_id, ${spell(name)}) references ${tableOf(target)} (org_id, id)`] : []
  })
  return [...unique, ...temporal, ...references]
}

/** The columns of each index that lists and references need, `org_id` before and `id` after them left out. */
export function indexesOf(resource: Resource): string[][] {
  const { sort, sortable } = resource.views
  const orders = [sort, ...sortable.map((name) => [name])].filter((order) => order.length)
  const lists = orders.map((order) => order.map((name) => name.replace(/^-/, '')))
  // A foreign key without an index makes deleting its target, and listing by it, read the whole table.
  const references = Object.entries(resource.fields)
    .filter(([, declared]) => targetOf(declared))
    .map(([name]) => [name])
  return [...lists, ...references]
}

export const draftIndex = (resource: Resource, names: readonly string[]) =>
  `create index ${resource.table}_${names.join('_')}
  on ${tableOf(resource)} (org_id, ${names.map(spell).join(', ')}, id);`
