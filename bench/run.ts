// Prints the performance table; see README.md beside this file.
import { parseArgs } from 'node:util'
import type { Line } from './line.ts'
import { measureReads } from './reads.ts'
import { startServer } from './server.ts'
import { setStage, type Stage, strike } from './stage.ts'
import { measureStart } from './start.ts'
import { jsonOf, tableOf } from './table.ts'

const { values: asked } = parseArgs({
  options: { json: { type: 'boolean' }, only: { type: 'string', multiple: true }, million: { type: 'boolean' } },
})
const all = ['start', 'reads'] as const
type Part = (typeof all)[number]

const wanted = (part: Part) => !asked.only || asked.only.includes(part)
const tell = (what: string) => process.stderr.write(`${what} …\n`)

async function measure(stage: Stage): Promise<Line[]> {
  const lines: Line[] = []
  tell('starting the server')
  const server = await startServer(stage)
  try {
    if (wanted('start')) lines.push(...(await measureStart(stage, server)))
    if (wanted('reads')) tell('reads')
    if (wanted('reads')) lines.push(...(await measureReads(stage, server)))
  } finally {
    await server.stop()
  }
  return lines
}

tell('setting the stage: 100,000 members')
const stage = await setStage()
try {
  const lines = await measure(stage)
  process.stdout.write(`${asked.json ? jsonOf(lines) : tableOf(lines)}\n`)
} finally {
  strike(stage)
}
