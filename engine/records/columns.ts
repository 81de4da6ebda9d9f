import { isArchivable, type Resource, targetOf, titleParts } from '@commonhall/kernel'
import { tableOf } from '../database/draft.ts'

/** What to select for a record's row over the alias `t`, and the joins that its titles need. */
export interface RowSql {
  readonly columns: string
  readonly joins: string
}

const made = new WeakMap<Resource, Map<string, RowSql>>()

const nothing: ReadonlySet<string> = new Set()

/** The same for all who may read the same of the resource, so it is made once: without what is `hidden` from them. */
export function rowSql(resource: Resource, all: ReadonlyMap<string, Resource>, hidden = nothing): RowSql {
  let ofResource = made.get(resource)
  if (!ofResource) made.set(resource, (ofResource = new Map()))
  const key = hidden.size ? [...hidden].join() : ''
  let sql = ofResource.get(key)
  if (!sql) ofResource.set(key, (sql = makeRowSql(resource, all, hidden)))
  return sql
}

function makeRowSql(resource: Resource, all: ReadonlyMap<string, Resource>, hidden: ReadonlySet<string>): RowSql {
  const shown = Object.entries(resource.fields).filter(([name]) => !hidden.has(name))
  const own = ['id', 'version', 'created_at', 'updated_at', ...(isArchivable(resource) ? ['archived_at'] : [])]
  const columns = [...own, ...shown.map(([name]) => name)].map((name) => `t."${name}"`)
  const joins: string[] = []
  const titles: string[] = []
  for (const [name, declared] of shown) {
    const target = all.get(targetOf(declared) ?? '')
    if (!target) continue
    const alias = `r${joins.length + 1}`
    joins.push(`left join ${tableOf(target)} ${alias} on ${alias}.org_id = t.org_id and ${alias}.id = t."${name}"`)
    titles.push(`'${name}', ${titleSql(target, alias)}`)
  }
  if (titles.length) columns.push(`json_build_object(${titles.join(', ')}) as titles`)
  return { columns: columns.join(', '), joins: joins.join(' ') }
}

/** A record's title as an SQL expression, as `spellTitle` has it; null when there is no record. */
export function titleSql(resource: Resource, alias: string): string {
  const pieces: string[] = []
  const before: string[] = []
  let isSure = false
  let last = { value: '', required: true }
  let words = ''
  for (const { field, text = '' } of titleParts(resource.title)) {
    if (!field) {
      words = `'${text.replaceAll("'", "''")}'`
      continue
    }
    last = { value: `${alias}."${field}"::text`, required: resource.fields[field]?.required === true }
    const between =
      before.length && !isSure ? `case when coalesce(${before.join(', ')}) is null then '' else ${words} end` : words
    const piece = words ? `${between} || ${last.value}` : last.value
    pieces.push(last.required ? piece : `coalesce(${piece}, '')`)
    before.push(last.value)
    isSure ||= last.required
    words = ''
  }
  if (words) pieces.push(last.required ? words : `case when ${last.value} is null then '' else ${words} end`)
  return pieces.join(' || ')
}
