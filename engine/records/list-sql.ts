import { isArchivable, kindOf, type Resource } from '@commonhall/kernel'
import { linesAbout } from '../audit/about.ts'
import { tableOf } from '../database/draft.ts'
import type { Statement } from '../database/pool.ts'
import { rowSql } from './columns.ts'
import { fieldOf, type Filter, type ListQuery } from './list-query.ts'
import { type Search, searchedPage, searchedRows, searchOf } from './search-sql.ts'

/** Collects values and hands out their placeholders. */
export class Values {
  readonly list: unknown[] = []

  readonly bind = (value: unknown): string => `$${this.list.push(value)}`
}

export interface ListPlan {
  readonly resource: Resource
  readonly all: ReadonlyMap<string, Resource>
  /** Fields that are not selected: the reader may see none of them. */
  readonly hidden: ReadonlySet<string>
  readonly query: ListQuery
  /** SQL over `t` that lets through what the reader may see; binds its values itself. */
  readonly visible: (bind: (value: unknown) => string) => string | null
  /** Sort values and id of the last row of the page before. */
  readonly after: readonly unknown[] | null
}

/** A list page as one statement: filter, search, order, keyset, titles and, if asked for, the exact count. */
export function listStatement({ resource, all, hidden, query, visible, after }: ListPlan): Statement {
  const values = new Values()
  const { conditions, search } = filterSql(resource, query, visible, values)
  const { columns, joins } = rowSql(resource, all, hidden)
  const table = tableOf(resource)
  const total = query.count ? `, (${countSql(resource, conditions, search)}) as list_total` : ''
  const page = after ? [...conditions, keysetSql(resource, query, after, values.bind)] : conditions
  const order = [
    ...query.sort.map(({ field, descending }) => ({ column: `"${field}"`, way: descending ? ' desc' : '' })),
    { column: 'id', way: lastDirection(query) },
  ]
  const limit = values.bind(query.limit + 1)
  const select = (
    more: readonly string[],
  ) => `select ${columns}${total} from ${table} t ${joins} ${whereAll([...page, ...more])}
    order by ${order.map(({ column, way }) => `t.${column}${way}`).join(', ')} limit ${limit}`
  const named = order.map(({ column, way }) => column + way).join(', ')
  return { text: search ? searchedPage(search, select, named) : select([]), values: values.list }
}

/** The whole list without pages, for an export; read through a cursor, so its length does not matter. */
export function exportStatement({ resource, all, hidden, query, visible }: Omit<ListPlan, 'after'>): Statement {
  const values = new Values()
  const { conditions, search } = filterSql(resource, query, visible, values)
  const { columns, joins } = rowSql(resource, all, hidden)
  const where = whereAll(search ? [...conditions, searchedRows(search)] : conditions)
  const order = query.sort.map(({ field, descending }) => `t."${field}"${descending ? ' desc' : ''}, `).join('')
  const text = `select ${columns} from ${tableOf(resource)} t ${joins} ${where}
    order by ${order}t.id${lastDirection(query)}`
  return { text, values: values.list }
}

/** The number of rows, for when a page is empty and cannot carry it. */
export function countStatement({ resource, query, visible }: ListPlan): Statement {
  const values = new Values()
  const { conditions, search } = filterSql(resource, query, visible, values)
  return { text: countSql(resource, conditions, search), values: values.list }
}

function countSql(resource: Resource, conditions: readonly string[], search: Search | null): string {
  const all = search ? [...conditions, searchedRows(search)] : conditions
  return `select count(*) as total from ${tableOf(resource)} t ${whereAll(all)}`
}

const whereAll = (conditions: readonly string[]) => (conditions.length ? `where ${conditions.join(' and ')}` : '')

const lastDirection = ({ sort }: ListQuery) => (sort.at(-1)?.descending ? ' desc' : '')

function filterSql(resource: Resource, query: ListQuery, visible: ListPlan['visible'], values: Values) {
  const conditions = query.filters.map((filter) => oneFilter(resource, filter, values.bind))
  if (isArchivable(resource) && query.archived !== 'any') {
    conditions.push(`t.archived_at is ${query.archived === 'yes' ? 'not ' : ''}null`)
  }
  const search = searchOf(resource, query, values.bind)
  const seen = visible(values.bind)
  return { conditions: seen === null ? conditions : [...conditions, seen], search }
}

const comparisons = { gt: '>', gte: '>=', lt: '<', lte: '<=' } as const

function oneFilter(resource: Resource, { field, operator, values }: Filter, bind: (value: unknown) => string): string {
  const column = `t."${field}"`
  const declared = fieldOf(resource, field) ?? { kind: 'text' }
  const type = kindOf(declared).sqlType(declared)
  if (operator === 'empty') return `${column} is ${values[0] ? '' : 'not '}null`
  if (operator === 'contains')
    return `${column}::text ilike ${bind(`%${String(values[0]).replace(/[\\%_]/g, '\\$&')}%`)}`
  if (operator === 'eq' || operator === 'ne') {
    const list = bind(values.flat())
    const matches =
      type === 'text[]'
        ? `${column} && ${list}::text[]`
        : (linesAbout(resource, field, list) ?? `${column} = any(${list}::${type.replace(/\(.*\)/, '')}[])`)
    return operator === 'eq' ? matches : `(${matches}) is not true`
  }
  return `${column} ${comparisons[operator]} ${bind(values[0])}`
}

/**
 * The rows after the last one seen. Where all keys are required and run the same way, a row comparison, which an index
 * answers in one descent; else spelled out key by key, with nulls where PostgreSQL sorts them.
 */
function keysetSql(
  resource: Resource,
  { sort }: ListQuery,
  after: readonly unknown[],
  bind: (value: unknown) => string,
): string {
  const keys = [
    ...sort.map(({ field, descending }, index) => {
      return {
        column: `t."${field}"`,
        descending,
        needed: Boolean(fieldOf(resource, field)?.required),
        value: after[index],
      }
    }),
    { column: 't.id', descending: Boolean(sort.at(-1)?.descending), needed: true, value: after[sort.length] },
  ]
  const [first] = keys
  if (keys.every(({ needed, descending }) => needed && descending === first?.descending)) {
    const sign = first?.descending ? '<' : '>'
    const columns = keys.map(({ column }) => column).join(', ')
    return `(${columns}) ${sign} (${keys.map(({ value }) => bind(value)).join(', ')})`
  }
  const branches = keys.map((key, index) => {
    const ties = keys
      .slice(0, index)
      .map(({ column, value }) => (value === null ? `${column} is null` : `${column} = ${bind(value)}`))
    return [...ties, beyond(key, bind)].join(' and ')
  })
  return `(${branches.map((branch) => `(${branch})`).join(' or ')})`
}

interface Key {
  readonly column: string
  readonly descending: boolean
  readonly value: unknown
}

/** Nulls come last going up and first going down. */
function beyond({ column, descending, value }: Key, bind: (value: unknown) => string): string {
  if (value === null) return descending ? `${column} is not null` : 'false'
  return descending ? `${column} < ${bind(value)}` : `(${column} > ${bind(value)} or ${column} is null)`
}
