import { Readable } from 'node:stream'
import { refuse, say, spokenCount, spokenDate, spokenInstant, todayIn } from '@commonhall/kernel'
import type { Caller } from '../caller.ts'
import type { Statement } from '../database/pool.ts'
import type { RowStream } from '../database/row-stream.ts'
import type { Engine } from '../engine.ts'
import { columnsOf, fileTypes as sheetTypes } from '../http/exports.ts'
import { type SheetExtras, type SheetValues, writeCsvBatches, writeXlsxBatches } from '../sheets/index.ts'
import type { PreparedReport } from './asked.ts'
import { filtersInWords, moduleOf } from './in-words.ts'
import { noteTaken } from './note-taken.ts'
import { printedLines, printedReport } from './printed-report.ts'
import { linesStatement, parts, type ReportPlan, rowsStatement, totalsOf } from './statement.ts'

/** What a report can be taken out as. */
export type FileFormat = 'csv' | 'xlsx' | 'pdf'

/** What each kind of file is called on the wire. */
export const fileTypes: Readonly<Record<FileFormat, string>> = { ...sheetTypes, pdf: 'application/pdf' }

/** A report as a file, open and not yet read. */
export interface ReportFile {
  readonly name: string
  readonly bytes: Readable
  readonly rows: number
  /** Gives back what it holds, also when nobody has read it. */
  readonly close: () => Promise<void>
}

type Lines = RowStream<Record<string, unknown>>

/** Excel's sheets have 1,048,576 rows: the headings and the totals are two of them. */
const mostInSheet = 1_048_574

/** The whole of a report as it is at this moment; told in the audit trail before its first byte. */
export async function openReportFile(
  engine: Engine,
  caller: Caller,
  prepared: PreparedReport,
  format: FileFormat,
): Promise<ReportFile> {
  const { org } = caller
  const { name } = prepared.report
  const file = await { csv: openCsv, xlsx: openXlsx, pdf: openPdf }[format](engine, caller, {
    ...prepared,
    plan: withoutHidden(prepared.plan),
  })
  return { ...file, name: `${org.slug}-${name.replace('.', '-')}-${todayIn(org.timeZone)}.${format}` }
}

type Opened = Omit<ReportFile, 'name'>

async function openCsv(engine: Engine, caller: Caller, { report, plan }: PreparedReport): Promise<Opened> {
  return await reading(engine, caller, rowsStatement(plan), async (stream) => {
    const rows = await stream.count()
    await noteTaken(engine, caller, report.name, { columns: plan.columns, rows, format: 'csv' })
    return { rows, bytes: writeCsvBatches(columnsOf(plan.columns), stream.batches()) }
  })
}

async function openXlsx(engine: Engine, caller: Caller, prepared: PreparedReport): Promise<Opened> {
  const { report, plan } = prepared
  const about = await aboutSheet(engine, caller, prepared)
  return await reading(engine, caller, linesStatement(plan, false), async (stream) => {
    const rows = Number((await stream.last())?.['lines'] ?? 0)
    if (rows > mostInSheet)
      refuse(
        'too_many_rows',
        say('reports:too_many_rows', { count: spokenCount(rows), most: spokenCount(mostInSheet) }),
      )
    await noteTaken(engine, caller, report.name, { columns: plan.columns, rows, format: 'xlsx' })
    return { rows, bytes: workbookOf(report.title, plan, about, stream) }
  })
}

/** A print is made as a whole before any of it goes out: what cannot be printed is refused while there is a status. */
async function openPdf(engine: Engine, caller: Caller, prepared: PreparedReport): Promise<Opened> {
  const { report, plan } = prepared
  const filters = await filtersInWords(engine, caller, prepared)
  let rows = 0
  // Its turn may come late: only then a connection is taken.
  async function* lines() {
    const stream: Lines = await engine.database.stream(caller.access, linesStatement(plan, true))
    for await (const line of printedLines(plan, stream, { module: moduleOf(report), timeZone: caller.org.timeZone })) {
      if (Array.isArray(line)) rows++
      yield line
    }
  }
  const pdf = await engine.print.table(printedReport(caller, prepared, filters, lines()))
  await noteTaken(engine, caller, report.name, { columns: plan.columns, rows, format: 'pdf' })
  return { rows, bytes: Readable.from([pdf]), close: () => Promise.resolve() }
}

/** Opens a stream for a file; it is the file's to close, unless there comes to be none. */
async function reading(
  engine: Engine,
  caller: Caller,
  statement: Statement,
  open: (stream: Lines) => Promise<Omit<Opened, 'close'>>,
): Promise<Opened> {
  const stream: Lines = await engine.database.stream(caller.access, statement, true)
  try {
    return { ...(await open(stream)), close: () => stream.close() }
  } catch (error) {
    await stream.close()
    throw error
  }
}

const withoutHidden = (plan: ReportPlan): ReportPlan => ({
  ...plan,
  columns: Object.fromEntries(Object.entries(plan.columns).filter(([, { hidden }]) => !hidden)),
})

/** Plain rows with the totals below them, and a second sheet that says what they are. */
function workbookOf(name: string, { columns }: ReportPlan, about: SheetExtras['about'], stream: Lines): Readable {
  const adds = totalsOf(columns)
  const label = Object.keys(columns).findIndex((column) => !adds.includes(column))
  let totals: SheetValues | undefined
  async function* batches() {
    for await (const batch of stream.batches()) {
      if (batch.at(-1)?.[0] === parts.total) totals = batch.pop()?.slice(2)
      yield batch.map((line) => line.slice(2))
    }
  }
  return writeXlsxBatches(columnsOf(columns), batches(), {
    name,
    ...(about ? { about } : {}),
    totals: () => (adds.length ? totals?.map((value, at) => (at === label ? say('reports:total') : value)) : undefined),
  })
}

/** Whose report it is, of when, and what was asked: so that a sheet that lies about in a year still says it. */
async function aboutSheet(engine: Engine, caller: Caller, prepared: PreparedReport): Promise<SheetExtras['about']> {
  const { org, actor } = caller
  const { report, asked } = prepared
  const { period } = report
  const day = (name: string) => (asked[name] ? spokenDate(String(asked[name])) : say('reports:open'))
  return {
    name: say('reports:about.sheet'),
    lines: [
      [say('reports:about.report'), report.title],
      [say('reports:about.purpose'), report.purpose],
      [say('reports:about.org'), org.name],
      ...(period ? [[say('reports:about.period'), `${day(period.from)} – ${day(period.until)}`] as const] : []),
      ...(await filtersInWords(engine, caller, prepared)),
      [say('reports:about.at'), spokenInstant(new Date().toISOString(), org.timeZone)],
      [say('reports:about.by'), actor.name],
    ],
  }
}
