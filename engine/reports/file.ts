import type { Readable } from 'node:stream'
import { refuse, say, todayIn } from '@commonhall/kernel'
import type { Caller } from '../caller.ts'
import type { RowStream } from '../database/row-stream.ts'
import type { Engine } from '../engine.ts'
import { columnsOf } from '../http/exports.ts'
import { type SheetValues, writeCsv, writeXlsx } from '../sheets/index.ts'
import type { PreparedReport } from './asked.ts'
import { noteTaken } from './note-taken.ts'
import { linesStatement, parts, type ReportPlan, rowsStatement } from './statement.ts'

/** What a report can be taken out as. */
export const fileFormats = ['csv', 'xlsx'] as const

export type FileFormat = (typeof fileFormats)[number]

/** A report as a file, open and not yet read. */
export interface ReportFile {
  readonly name: string
  readonly bytes: Readable
  readonly rows: number
  /** Gives back what it holds, also when nobody has read it. */
  readonly close: () => Promise<void>
}

/** A sheet of Excel has 1,048,576 rows: the headings and the totals are two of them. */
const mostSheetRows = 1_048_574

/** The whole of a report as it is at this moment; told in the audit trail before its first byte. */
export async function openReportFile(
  engine: Engine,
  caller: Caller,
  prepared: PreparedReport,
  format: FileFormat,
): Promise<ReportFile> {
  const plan = withoutHidden(prepared.plan)
  const statement = format === 'csv' ? rowsStatement(plan) : linesStatement({ ...plan, groupBy: [] })
  const stream = await engine.database.stream<Record<string, unknown>>(caller.access, statement, true)
  try {
    const rows = format === 'csv' ? await stream.count() : Number((await stream.last())?.['lines'] ?? 0)
    if (format === 'xlsx' && rows > mostSheetRows)
      refuse('too_many_rows', say('reports:too_many_rows', { count: rows, most: mostSheetRows }))
    await noteTaken(engine, caller, prepared.report.name, { columns: plan.columns, rows, format })
    const base = `${caller.org.slug}-${prepared.report.name.replace('.', '-')}`
    return {
      name: `${base}-${todayIn(caller.org.timeZone)}.${format}`,
      bytes: sheetOf(format, plan, base, stream),
      rows,
      close: () => stream.close(),
    }
  } catch (error) {
    await stream.close()
    throw error
  }
}

const withoutHidden = (plan: ReportPlan): ReportPlan => ({
  ...plan,
  columns: Object.fromEntries(Object.entries(plan.columns).filter(([, { hidden }]) => !hidden)),
})

function sheetOf(
  format: FileFormat,
  { columns }: ReportPlan,
  name: string,
  stream: RowStream<Record<string, unknown>>,
): Readable {
  if (format === 'csv') return writeCsv(columnsOf(columns), rowsOf(stream))
  return writeXlsx(columnsOf(columns), linesOf(columns, stream), name.slice(0, 31))
}

async function* rowsOf(stream: RowStream<Record<string, unknown>>): AsyncGenerator<SheetValues> {
  for await (const batch of stream.batches()) yield* batch
}

/** The rows, and below them the totals, if anything adds up. */
async function* linesOf(columns: ReportPlan['columns'], stream: RowStream<Record<string, unknown>>) {
  const totals = Object.values(columns).some((declared) => (declared as { total?: boolean }).total)
  for await (const batch of stream.batches()) {
    for (const [part, , ...values] of batch) if (part === parts.row || totals) yield values
  }
}
