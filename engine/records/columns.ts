import { isArchivable, type Resource, targetOf, titleParts } from '@commonhall/kernel'
import { tableOf } from '../database/draft.ts'

/** What to select for a record's row over the alias `t`, and the joins that its titles need. */
export interface RowSql {
  readonly columns: string
  readonly joins: string
}

const made = new WeakMap<Resource, RowSql>()

/** The same for every read and write of the resource, so it is made once. */
export function rowSql(resource: Resource, all: ReadonlyMap<string, Resource>): RowSql {
  const known = made.get(resource)
  if (known) return known
  const own = ['id', 'version', 'created_at', 'updated_at', ...(isArchivable(resource) ? ['archived_at'] : [])]
  const columns = [...own, ...Object.keys(resource.fields)].map((name) => `t."${name}"`)
  const joins: string[] = []
  const titles: string[] = []
  for (const [name, declared] of Object.entries(resource.fields)) {
    const target = all.get(targetOf(declared) ?? '')
    if (!target) continue
    const alias = `r${joins.length + 1}`
    joins.push(`left join ${tableOf(target)} ${alias} on ${alias}.org_id = t.org_id and ${alias}.id = t."${name}"`)
    titles.push(`'${name}', ${titleSql(target, alias)}`)
  }
  if (titles.length) columns.push(`json_build_object(${titles.join(', ')}) as titles`)
  const sql = { columns: columns.join(', '), joins: joins.join(' ') }
  made.set(resource, sql)
  return sql
}

/** A record's title as an SQL expression; null when there is no record. */
export function titleSql(resource: Resource, alias: string): string {
  const parts = titleParts(resource.title).map(({ field, text = '' }) => {
    if (!field) return `'${text.replaceAll("'", "''")}'`
    return resource.fields[field]?.required ? `${alias}."${field}"::text` : `coalesce(${alias}."${field}"::text, '')`
  })
  return parts.join(' || ')
}
