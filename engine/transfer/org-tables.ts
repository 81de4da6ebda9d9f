import type pg from 'pg'

export interface OrgColumn {
  readonly name: string
  readonly type: string
  /** Worked out from others by the database. */
  readonly generated: boolean
}

export interface OrgReference {
  readonly columns: readonly string[]
  readonly to: string
}

/** A table that holds rows of orgs, as the database itself describes it. */
export interface OrgTable {
  /** `members.member`. */
  readonly name: string
  readonly columns: readonly OrgColumn[]
  readonly key: readonly string[]
  readonly references: readonly OrgReference[]
}

/** Every table with an org_id, from the catalog of the database: none can be forgotten. */
export async function orgTables(client: pg.ClientBase): Promise<OrgTable[]> {
  const { rows } = await client.query<OrgTable>(`
    select n.nspname || '.' || c.relname as name,
      (select jsonb_agg(jsonb_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod),
          'generated', a.attgenerated <> '') order by a.attnum)
        from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
      coalesce((select jsonb_agg(a.attname order by place)
        from pg_index i cross join unnest(i.indkey::smallint[]) with ordinality u (number, place)
        join pg_attribute a on a.attrelid = c.oid and a.attnum = number
        where i.indrelid = c.oid and i.indisprimary), '[]') as key,
      coalesce((select jsonb_agg(jsonb_build_object(
          'to', (select tn.nspname || '.' || t.relname from pg_class t join pg_namespace tn on tn.oid = t.relnamespace
            where t.oid = k.confrelid),
          'columns', (select jsonb_agg(a.attname order by place) from unnest(k.conkey) with ordinality u (number, place)
            join pg_attribute a on a.attrelid = c.oid and a.attnum = number)) order by k.conname)
        from pg_constraint k where k.conrelid = c.oid and k.contype = 'f'), '[]') as references
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and not c.relispartition and n.nspname not in ('pg_catalog', 'information_schema')
      and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'org_id' and not a.attisdropped)
    order by 1`)
  return rows
}

/** The name as SQL takes it. */
export const spelled = (name: string) =>
  name
    .split('.')
    .map((part) => `"${part.replaceAll('"', '""')}"`)
    .join('.')

/** Those that point to others before those that they point to, so that rows can go in this order. */
export function pointingFirst(tables: readonly OrgTable[]): OrgTable[] {
  const left = new Map(tables.map((table) => [table.name, table]))
  const order: OrgTable[] = []
  while (left.size) {
    const pointedTo = new Set(
      [...left.values()].flatMap(({ name, references }) =>
        references.map(({ to }) => to).filter((to) => to !== name && left.has(to)),
      ),
    )
    const free = [...left.values()].filter(({ name }) => !pointedTo.has(name))
    if (!free.length) throw new Error(`These tables point to each other in a circle: ${[...left.keys()].join(', ')}`)
    for (const table of free) left.delete(table.name)
    order.push(...free)
  }
  return order
}
