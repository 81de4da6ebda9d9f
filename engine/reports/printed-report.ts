import { labelOf, say, spokenCount } from '@commonhall/kernel'
import type { Caller } from '../caller.ts'
import type { RowStream } from '../database/row-stream.ts'
import type { Printed, PrintedLine } from '../print/printed.ts'
import type { PreparedReport } from './asked.ts'
import { groupInWords, moduleOf } from './in-words.ts'
import { parts, type ReportPlan, totalsOf } from './statement.ts'

type Lines = RowStream<Record<string, unknown>>

/** A report as a table on paper. What rows are grouped by stands above them, not in each of them. */
export function printedReport(
  { org, actor }: Caller,
  { report, asked, plan: { columns, groupBy } }: PreparedReport,
  filters: Printed['filters'],
  lines: Printed['lines'],
): Printed {
  const day = (name: string) => (asked[name] ?? null) as string | null
  return {
    org,
    title: report.title,
    ...(report.period ? { period: { from: day(report.period.from), until: day(report.period.until) } } : {}),
    filters,
    module: moduleOf(report),
    columns: Object.entries(columns)
      .filter(([name]) => !groupBy.includes(name))
      .map(([name, field]) => ({ heading: labelOf(columns, name), field })),
    lines,
    by: actor.name,
    at: new Date(),
    landscape: report.landscape ?? false,
  }
}

/** The lines of a report as a cursor brings them, sums in their places. */
export async function* printedLines(
  { columns, groupBy }: ReportPlan,
  stream: Lines,
  voice: { module: string; timeZone: string },
): AsyncGenerator<PrintedLine> {
  const names = Object.keys(columns)
  const isShown = names.map((name) => !groupBy.includes(name))
  const places = groupBy.map((name) => names.indexOf(name))
  const adds = totalsOf(columns).length > 0
  let group: string | undefined
  for await (const batch of stream.batches()) {
    for (const [part, count, ...all] of batch) {
      const values = all.filter((_, at) => isShown[at])
      const of = places.map((at) => all[at])
      const label = () => groupInWords(columns, groupBy, of, voice)
      if (part === parts.total) {
        if (adds) yield { as: 'total', label: say('reports:total'), values }
      } else if (part === parts.subtotal) {
        const rows = say('reports:rows', { count: Number(count), said: spokenCount(Number(count)) })
        if (adds) yield { as: 'subtotal', label: `${label()}, ${rows}`, values }
      } else {
        const key = JSON.stringify(of)
        if (groupBy.length && key !== group) yield { as: 'group', label: label() }
        group = key
        yield values
      }
    }
  }
}
