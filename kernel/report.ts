import type { CompiledQuery, QueryExecutorProvider, QueryResult } from 'kysely'
import type { Context } from './context.ts'
import type { Fields, ValuesOf } from './fields/field.ts'
import type { PeriodName } from './period.ts'

/** What a report's query may look at. `db` makes queries; the machine carries them out. */
export type ReportContext = Pick<Context, 'actor' | 'org' | 'today' | 'db'>

/** A query of the query builder, or of its `sql` template, with these rows; nothing has run yet. */
export type ReportQuery<Row> =
  | { compile(): CompiledQuery; execute(): Promise<Row[]> }
  | { compile(by: QueryExecutorProvider): CompiledQuery; execute(by: QueryExecutorProvider): Promise<QueryResult<Row>> }

type Name<F extends Fields> = keyof F & string

export interface ReportOptions<Asks extends Fields, Columns extends Fields> {
  readonly title: string
  /** One sentence: what somebody learns from it. */
  readonly purpose: string
  /** The permission that is needed. */
  readonly rule: string
  /** What it can be asked for: the form above it, and its filters. */
  readonly asks: Asks
  /** What it shows, in order; `total` adds a column up, `record` makes it a link, `hidden` keeps an id for one. */
  readonly columns: Columns
  /** The two asks that are its first and last day, and what they are when nobody says. */
  readonly period?: { readonly from: Name<Asks>; readonly until: Name<Asks>; readonly usual?: PeriodName }
  /** The order when none is asked for; `-` means descending. */
  readonly sort: readonly (Name<Columns> | `-${Name<Columns>}`)[]
  /** Rows that agree in these columns stand together, with sums of their own. */
  readonly groupBy?: readonly Name<Columns>[]
  /** A picture of sums: of each `y`, which must be totals, for each `x`. Lines are for days, bars for all else. */
  readonly chart?: {
    readonly kind: 'bar' | 'line'
    readonly x: Name<Columns>
    readonly y: readonly Name<Columns>[]
    /** Days of one week or month are one point, at its first day. */
    readonly per?: 'week' | 'month'
  }
  /** Printed on its side, where it is too wide for a page. */
  readonly landscape?: boolean
  /** All rows, without order; sorting, paging, sums and files are the machine's, around it, in the same SQL. */
  query(ctx: ReportContext, asked: ValuesOf<Asks>): ReportQuery<ValuesOf<Columns>>
}

/** Columns and one query; page, totals, chart, CSV, XLSX, PDF, mail and API come from it. */
export interface Report<Asks extends Fields = Fields, Columns extends Fields = Fields> extends ReportOptions<
  Asks,
  Columns
> {
  readonly name: string
}

/** Declares a report under `module.name`. */
export const defineReport = <const Asks extends Fields, const Columns extends Fields>(
  name: `${string}.${string}`,
  report: ReportOptions<Asks, Columns>,
): Report => ({ ...report, name })
