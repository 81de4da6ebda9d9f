import { isArchivable, kindOf, type Resource } from '@commonhall/kernel'
import { tableOf } from '../database/draft.ts'
import type { Statement } from '../database/pool.ts'
import { rowSql } from './columns.ts'
import { fieldOf, type Filter, type ListQuery } from './list-query.ts'

/** Collects values and hands out their placeholders. */
export class Values {
  readonly list: unknown[] = []

  readonly bind = (value: unknown): string => `$${this.list.push(value)}`
}

export interface ListPlan {
  readonly resource: Resource
  readonly all: ReadonlyMap<string, Resource>
  readonly query: ListQuery
  /** SQL over `t` that lets through what the reader may see; binds its values itself. */
  readonly visible: (bind: (value: unknown) => string) => string | null
  /** Sort values and id of the last row of the page before. */
  readonly after: readonly unknown[] | null
}

/** A list page as one statement: filter, search, order, keyset, titles and, if asked for, the exact count. */
export function listStatement({ resource, all, query, visible, after }: ListPlan): Statement {
  const values = new Values()
  const conditions = [...filterSql(resource, query, values), visible(values.bind)].filter((one) => one !== null)
  const { columns, joins } = rowSql(resource, all)
  const table = tableOf(resource)
  const where = conditions.length ? `where ${conditions.join(' and ')}` : ''
  const total = query.count ? `, (select count(*) from ${table} t ${where}) as list_total` : ''
  const page = after ? [...conditions, keysetSql(resource, query, after, values.bind)] : conditions
  const order = [
    ...query.sort.map(({ field, descending }) => `t."${field}"${descending ? ' desc' : ''}`),
    `t.id${lastDirection(query)}`,
  ]
  const text = `select ${columns}${total} from ${table} t ${joins} ${page.length ? `where ${page.join(' and ')}` : ''}
    order by ${order.join(', ')} limit ${values.bind(query.limit + 1)}`
  return { text, values: values.list }
}

/** The whole list without pages, for an export; read through a cursor, so its length does not matter. */
export function exportStatement(plan: Omit<ListPlan, 'after'>): Statement {
  const unlimited = listStatement({ ...plan, query: { ...plan.query, count: false }, after: null })
  return { text: unlimited.text.replace(/ limit \$\d+$/, ''), values: unlimited.values.slice(0, -1) }
}

/** The number of rows, for when a page is empty and cannot carry it. */
export function countStatement({ resource, query, visible }: ListPlan): Statement {
  const values = new Values()
  const conditions = [...filterSql(resource, query, values), visible(values.bind)].filter((one) => one !== null)
  const where = conditions.length ? `where ${conditions.join(' and ')}` : ''
  return { text: `select count(*) as total from ${tableOf(resource)} t ${where}`, values: values.list }
}

const lastDirection = ({ sort }: ListQuery) => (sort.at(-1)?.descending ? ' desc' : '')

function filterSql(resource: Resource, query: ListQuery, values: Values): string[] {
  const conditions = query.filters.map((filter) => oneFilter(resource, filter, values.bind))
  if (isArchivable(resource) && query.archived !== 'any') {
    conditions.push(`t.archived_at is ${query.archived === 'yes' ? 'not ' : ''}null`)
  }
  if (query.words.length && resource.views.search.length) {
    const patterns = `foundation.search_patterns(${values.bind(query.words)}::text[])`
    conditions.push(`t.id in (select ${resource.schema}.search_${resource.table}(${patterns}))`)
  }
  return conditions
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
    const matches = `${column} = any(${bind(values)}::${type.replace(/\(.*\)/, '')}[])`
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
