// Prints the performance table; see README.md beside this file.
import { parseArgs } from 'node:util'
import { measureAudit } from './audit.ts'
import { measureBallots } from './ballots.ts'
import { measureCount } from './count.ts'
import { measureDigests } from './digests.ts'
import { measureFiles } from './files.ts'
import { measureImports } from './imports.ts'
import { measureJobs } from './jobs.ts'
import type { Line } from './line.ts'
import { measureLive } from './live.ts'
import { measureMarket } from './market.ts'
import { measurePrint } from './print.ts'
import { measureReads } from './reads.ts'
import { type RunningServer, startServer } from './server.ts'
import { setStage, type Stage, strike } from './stage.ts'
import { measureStart } from './start.ts'
import { jsonOf, tableOf } from './table.ts'
import { measureVerify } from './verify.ts'
import { measureWeb } from './web.ts'
import { measureWrites } from './writes.ts'

/** The parts in their order. `start` must be first: it looks at a server that has done nothing yet. */
const parts: Readonly<Record<string, (stage: Stage, server: RunningServer) => Promise<Line[]>>> = {
  start: measureStart,
  reads: measureReads,
  web: measureWeb,
  writes: measureWrites,
  audit: measureAudit,
  live: measureLive,
  files: measureFiles,
  market: measureMarket,
  ballots: measureBallots,
}

/** Those that want the database to themselves. */
const alone = ['import', 'jobs', 'digests', 'print']

/** Those that want no database at all. */
const houseless: Readonly<Record<string, () => Promise<Line[]>>> = { count: measureCount, verify: measureVerify }

const { values: asked } = parseArgs({
  options: { json: { type: 'boolean' }, only: { type: 'string', multiple: true }, million: { type: 'boolean' } },
})
const wanted = (part: string) => (asked.only ? asked.only.includes(part) : !asked.million)
const tell = (what: string) => process.stderr.write(`${what} …\n`)

async function measure(stage: Stage): Promise<Line[]> {
  const lines: Line[] = []
  const onServer = Object.keys(parts).filter(wanted)
  if (onServer.length) {
    tell('starting the server')
    const server = await startServer(stage)
    try {
      for (const part of onServer) {
        tell(`measuring: ${part}`)
        lines.push(...((await parts[part]?.(stage, server)) ?? []))
      }
    } finally {
      await server.stop()
    }
  }
  if (wanted('import') || asked.million) {
    tell('measuring: import')
    lines.push(...(await measureImports(stage, asked.million ?? false)))
  }
  // The server would take some of the jobs.
  if (wanted('jobs')) {
    tell('measuring: jobs')
    lines.push(...(await measureJobs(stage)))
  }
  if (wanted('digests')) {
    tell('measuring: digests')
    lines.push(...(await measureDigests(stage)))
  }
  if (wanted('print')) {
    tell('measuring: print')
    lines.push(...(await measurePrint()))
  }
  return lines
}

/** Ctrl-C ends the measuring but not the tidying up. */
const interrupted = new Promise<never>((_resolve, reject) => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => reject(new Error(`Ended by ${signal}.`)))
})

const housed = [...Object.keys(parts), ...alone]
const known = [...housed, ...Object.keys(houseless)]
for (const part of asked.only ?? []) {
  if (!known.includes(part)) throw new Error(`There is no part ${part}: ${known.join(', ')}.`)
}
const lines: Line[] = []
if (housed.some(wanted) || asked.million) {
  tell('setting the stage: 100,000 members')
  const stage = await setStage()
  try {
    lines.push(...(await Promise.race([measure(stage), interrupted])))
  } finally {
    strike(stage)
  }
}
for (const [part, measurePart] of Object.entries(houseless)) {
  if (!wanted(part)) continue
  tell(`measuring: ${part}`)
  lines.push(...(await measurePart()))
}
process.stdout.write(`${asked.json ? jsonOf(lines) : tableOf(lines)}\n`)
