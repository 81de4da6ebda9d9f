import type { Fields, Report } from '@commonhall/kernel'
import type { Caller } from '../caller.ts'
import type { Engine } from '../engine.ts'
import type { Asked, PreparedReport } from './asked.ts'
import { mostPoints, pageStatement, parts, type ReportPlan, totalsOf } from './statement.ts'

type Row = Record<string, unknown>

/** What a screen shows of a report, and the API answers. */
export interface ReportPage {
  readonly asked: Asked
  readonly columns: Fields
  readonly rows: readonly Row[]
  /** How many rows the whole report has. */
  readonly count: number
  /** There are rows after these. */
  readonly more: boolean
  readonly totals: Row
  /** Of the groups that rows on this page belong to, each as a whole. */
  readonly subtotals?: readonly { readonly of: Row; readonly count: number; readonly totals: Row }[]
  readonly chart?: NonNullable<Report['chart']> & { readonly points: readonly Row[]; readonly more: boolean }
}

export async function readPage(
  { database }: Engine,
  caller: Caller,
  { asked, plan }: PreparedReport,
  bounds: { limit: number; offset: number },
): Promise<ReportPage> {
  const lines = await database.read<Row & { part: number; lines: number }>(caller.access, pageStatement(plan, bounds))
  const { columns, groupBy, chart } = plan
  const of = (part: number) => lines.filter((line) => line.part === part)
  const found = of(parts.row).map((line) => picked(line, Object.keys(columns)))
  const rows = found.slice(0, bounds.limit)
  const [total] = of(parts.total)
  const summed = totalsOf(columns)
  return {
    asked,
    columns,
    rows,
    count: total?.lines ?? 0,
    more: found.length > bounds.limit,
    totals: total ? picked(total, summed) : {},
    ...(groupBy.length ? { subtotals: subtotalsOf(plan, rows, of(parts.subtotal)) } : {}),
    ...(chart ? { chart: chartOf(chart, of(parts.point)) } : {}),
  }
}

/** The sums of the groups that are on the page, in the order in which they stand there. */
function subtotalsOf(
  { columns, groupBy }: ReportPlan,
  rows: readonly Row[],
  lines: readonly (Row & { lines: number })[],
) {
  const keyOf = (row: Row) => JSON.stringify(groupBy.map((name) => row[name]))
  const byKey = new Map(lines.map((line) => [keyOf(line), line]))
  return [...new Set(rows.map(keyOf))].flatMap((key) => {
    const line = byKey.get(key)
    return line ? [{ of: picked(line, groupBy), count: line.lines, totals: picked(line, totalsOf(columns)) }] : []
  })
}

const picked = (line: Row, names: readonly string[]): Row => Object.fromEntries(names.map((name) => [name, line[name]]))

function chartOf(chart: NonNullable<Report['chart']>, lines: readonly Row[]) {
  const points = lines.slice(0, mostPoints[chart.kind]).map((line) => picked(line, [chart.x, ...chart.y]))
  // Days were taken from the latest back.
  return { ...chart, points: chart.kind === 'line' ? points.reverse() : points, more: lines.length > points.length }
}
