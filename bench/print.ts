import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { promisify } from 'node:util'
import { field } from '@commonhall/kernel'
import { Print } from '../engine/print/print.ts'
import type { Printed } from '../engine/print/printed.ts'
import { atMost, atMostTimes, type Line, median } from './line.ts'

const run = promisify(execFile)

const rounds = 3

const columns = [
  { heading: 'Week ending', field: field.date() },
  { heading: 'Member', field: field.text() },
  { heading: 'Contractor', field: field.text() },
  { heading: 'Project', field: field.text() },
  { heading: 'Regular hours', field: field.hours() },
  { heading: 'Overtime hours', field: field.hours() },
  { heading: 'Subsidy', field: field.money() },
]

const projects = ['Harbor Tower', 'Municipal library, second contract', 'Fourth Street School']

/** Weeks of hours, as a local has them. */
const rowsOf = (many: number) =>
  Array.from({ length: many }, (_, at) => [
    `2026-03-${`${(at % 28) + 1}`.padStart(2, '0')}`,
    `Zoë Quiñones ${at}`,
    `Acme Drywall ${at % 40}`,
    projects[at % 3] ?? '',
    `${at % 40}.50`,
    `${at % 9}.25`,
    `${(at * 37) % 2000}.15`,
  ])

const reportOf = (many: number): Printed => ({
  org: { id: 'bench', name: 'Harbor Trades Local 100', timeZone: 'America/New_York' },
  title: 'Weekly hours',
  period: { from: '2026-01-01', until: '2026-03-31' },
  filters: [['Program', 'Renovation 2026']],
  module: 'market-recovery',
  columns,
  lines: rowsOf(many),
  by: 'Dana Whitfield',
  at: new Date(),
})

/** The median of some rounds, in seconds. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  const seconds: number[] = []
  for (let round = 0; round < rounds; round++) {
    const began = performance.now()
    await work()
    seconds.push((performance.now() - began) / 1000)
  }
  return median(seconds)
}

/** Reports on paper: short ones with tags for screen readers, long ones; beside WeasyPrint, where that is installed. */
export async function measurePrint(): Promise<Line[]> {
  const print = new Print()
  const pauses = monitorEventLoopDelay({ resolution: 1 })
  try {
    const short = await timed(() => print.table(reportOf(1000)))
    pauses.enable()
    const long = await timed(() => print.table(reportOf(20_000)))
    pauses.disable()
    const other = await weasyPrint()
    return [
      { name: '1,000 rows as PDF', unit: 's', ours: short, bar: atMost(1.5) },
      ...other.map((value): Line => {
        const limit = { name: 'WeasyPrint', value }
        return { name: 'the same table', unit: 's', ours: short, limit, bar: atMostTimes(1) }
      }),
      { name: '20,000 rows as PDF', unit: 's', ours: long, bar: atMost(20) },
      { name: 'longest pause of the server meanwhile', unit: 'ms', ours: pauses.max / 1e6, bar: atMost(100) },
    ]
  } finally {
    await print.close()
  }
}

const style = `
  @page { size: letter; margin: 0.6in; @bottom-right { content: 'Page ' counter(page) ' of ' counter(pages) } }
  body { font: 9pt sans-serif; font-variant-numeric: tabular-nums }
  table { width: 100%; border-collapse: collapse }
  td, th { border-bottom: 0.3pt solid gray; padding: 2pt 3.5pt; text-align: left }
  .right { text-align: right }`

const dollars = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' })

function htmlOf(many: number): string {
  const cell = (value: string, at: number, tag: string) => `<${tag}${at > 3 ? ' class="right"' : ''}>${value}</${tag}>`
  const line = (values: readonly string[], tag: string) =>
    `<tr>${values.map((value, at) => cell(value, at, tag)).join('')}</tr>`
  const rows = rowsOf(many).map((values) => values.with(6, dollars.format(Number(values[6]))))
  const head = columns.map(({ heading }) => heading)
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Weekly hours</title><style>${style}</style>
    <h1>Weekly hours</h1><p>January 1, 2026 to March 31, 2026</p>
    <table><thead>${line(head, 'th')}</thead>${rows.map((values) => line(values, 'td')).join('\n')}</table></html>`
}

/** Seconds for the same thousand rows by WeasyPrint, beginning as we do with the rows; nothing where there is none. */
async function weasyPrint(): Promise<number[]> {
  const folder = await mkdtemp(join(tmpdir(), 'commonhall-bench-'))
  try {
    await run('weasyprint', ['--version'])
    const [page, pdf] = [join(folder, 'page.html'), join(folder, 'page.pdf')]
    return [
      await timed(async () => {
        await writeFile(page, htmlOf(1000))
        await run('weasyprint', [page, pdf])
      }),
    ]
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    process.stderr.write('WeasyPrint is not installed: its line is left out.\n')
    return []
  } finally {
    await rm(folder, { recursive: true })
  }
}
