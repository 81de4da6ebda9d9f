import type { Fields, Report } from '@commonhall/kernel'
import type { Statement } from '../database/pool.ts'

export interface Order {
  readonly name: string
  readonly descending: boolean
}

/** A report as one person asks for it: its own SQL, and what is made of it. */
export interface ReportPlan {
  readonly query: Statement
  /** Columns that the person may see; hidden ones too, where `hidden` ones are of use. */
  readonly columns: Fields
  readonly sort: readonly Order[]
  readonly groupBy: readonly string[]
  readonly chart: Report['chart']
}

/** What a row of a statement is: one of the report, the sums of a group, of everything, or a point of the chart. */
export const parts = { row: 0, subtotal: 1, total: 2, point: 3 } as const

/** Bars that can still be told apart, and days that a line can go through. */
export const mostPoints = { bar: 20, line: 200 } as const

export const totalsOf = (columns: Fields): string[] =>
  Object.keys(columns).filter((name) => (columns[name] as { total?: boolean }).total)

const quote = (name: string) => `"${name}"`
const decimals: ReadonlySet<string> = new Set(['money', 'hours', 'percent'])

/** Adding a zero with decimals writes an exact number out to so many, and rounds nothing. */
function written(columns: Fields, name: string, sql: string): string {
  const { kind, decimals: places = 2 } = columns[name] as { kind: string; decimals?: number }
  return decimals.has(kind) ? `${sql} + 0.${'0'.repeat(places)}` : sql
}

function summed(columns: Fields, name: string): string {
  const sum = `coalesce(sum(${quote(name)}), 0)`
  return columns[name]?.kind === 'count' ? `${sum}::bigint` : written(columns, name, sum)
}

const valuesOf = (columns: Fields) =>
  Object.keys(columns).map((name) => `${written(columns, name, quote(name))} as ${quote(name)}`)

/** One line of sums: the columns that are added up, those that it is for, and nothing in the others. */
const sumsOf = (columns: Fields, named: readonly string[]) =>
  Object.keys(columns).map((name) =>
    named.includes(name)
      ? written(columns, name, quote(name))
      : totalsOf(columns).includes(name)
        ? summed(columns, name)
        : 'null',
  )

/** Groups stand together: their columns come first, in the way that is asked for, if it is. */
function ordered({ sort, groupBy }: ReportPlan): { groups: readonly Order[]; rest: readonly Order[] } {
  const groups = groupBy.map((name) => sort.find((one) => one.name === name) ?? { name, descending: false })
  return { groups, rest: sort.filter(({ name }) => !groupBy.includes(name)) }
}

const spelled = (order: readonly Order[]) =>
  order.map(({ name, descending }) => `${quote(name)}${descending ? ' desc' : ''}`)

const orderBy = (terms: readonly string[]) => (terms.length ? `order by ${terms.join(', ')}` : '')

/** Every row in order, for a file that adds nothing up. */
export function rowsStatement(plan: ReportPlan): Statement {
  const { groups, rest } = ordered(plan)
  const { text, values } = plan.query
  return {
    text: `select ${valuesOf(plan.columns).join(', ')} from (${text}) report ${orderBy(spelled([...groups, ...rest]))}`,
    values,
  }
}

/** Every line in order, sums in their places: the report's SQL runs once, and all are of the same moment. */
export function linesStatement(plan: ReportPlan, subtotals: boolean): Statement {
  const { columns, query } = plan
  const groupBy = subtotals ? plan.groupBy : []
  const { groups, rest } = ordered(plan)
  const lines = [
    `select ${parts.row} as part, null::bigint as lines, ${valuesOf(columns).join(', ')} from report`,
    ...(groupBy.length
      ? [
          `select ${parts.subtotal}, count(*), ${sumsOf(columns, groupBy).join(', ')} from report
        group by ${groupBy.map(quote).join(', ')}`,
        ]
      : []),
    `select ${parts.total}, count(*), ${sumsOf(columns, []).join(', ')} from report`,
  ]
  const order = [`(part = ${parts.total})`, ...spelled(groups), 'part', ...spelled(rest)]
  return {
    text: `with report as materialized (${query.text}) select * from (${lines.join(' union all ')}) line
      ${orderBy(order)}`,
    values: query.values,
  }
}

/**
 * One page of rows, the sums of the groups on it and of everything, and the chart: the report's SQL runs once. Rows of
 * a report have no key to go on from, most being sums themselves; so pages are counted off, and the other columns
 * decide between rows that the order leaves equal.
 */
export function pageStatement(plan: ReportPlan, { limit, offset }: { limit: number; offset: number }): Statement {
  const { columns, groupBy, chart, query } = plan
  const { groups, rest } = ordered(plan)
  const values = [...query.values, limit + 1, offset]
  const named = new Set([...groups, ...rest].map(({ name }) => name))
  const others = Object.keys(columns).filter((name) => !named.has(name) && isOrdered(columns, name))
  const order = orderBy([...spelled([...groups, ...rest]), ...others.map(quote)])
  const lines = [
    `select ${parts.row} as part, null::bigint as lines, page.* from page`,
    ...(groupBy.length ? [subtotalsOnPage(columns, groupBy)] : []),
    `select ${parts.total}, count(*), ${sumsOf(columns, []).join(', ')} from report`,
    ...(chart ? [`(${pointsOf(columns, chart)})`] : []),
  ]
  return {
    text: `with report as materialized (${query.text}), page as (
        select ${valuesOf(columns).join(', ')} from report ${order}
        limit $${values.length - 1} offset $${values.length}
      ) ${lines.join(' union all ')}`,
    values,
  }
}

/** What PostgreSQL can put in an order. */
export const isOrdered = (columns: Fields, name: string) => !['json', 'tags'].includes(columns[name]?.kind ?? 'json')

/** Groups are looked up by their words, as nothing is equal to null. */
function subtotalsOnPage(columns: Fields, groupBy: readonly string[]): string {
  const key = groupBy.map((name) => `${quote(name)} is null, coalesce(${quote(name)}::text, '')`).join(', ')
  return `select ${parts.subtotal}, count(*), ${sumsOf(columns, groupBy).join(', ')} from report
    where (${key}) in (select ${key} from page) group by ${groupBy.map(quote).join(', ')}`
}

/** The largest bars, or the latest days. */
function pointsOf(columns: Fields, { kind, x, y, per }: NonNullable<Report['chart']>): string {
  const point = per ? `date_trunc('${per}', ${quote(x)})::date` : quote(x)
  const first = kind === 'bar' ? `sum(${quote(y[0] ?? '')}) desc nulls last, ${point}` : `${point} desc`
  const values = sumsOf(columns, [x]).map((sql, at) => (Object.keys(columns)[at] === x ? point : sql))
  return `select ${parts.point}, count(*), ${values.join(', ')} from report
    where ${quote(x)} is not null group by ${point} order by ${first} limit ${mostPoints[kind] + 1}`
}
