// What `npm test` runs: everything, to the end, whatever fails on the way. The last line counts.
import { spawn } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { findChromium } from './chromium.ts'

interface Count {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

const root = join(import.meta.dirname, '..')
const programs = join(root, 'node_modules', '.bin')

interface Run {
  readonly environment?: Record<string, string> | undefined
  /** Hears what the program says; without it, that is in sight at once. */
  readonly hear?: (text: string) => void
}

/** Runs a program of node_modules with the project's own Node; answers whether it was content. */
function run(command: string, args: readonly string[], { environment, hear }: Run = {}): Promise<boolean> {
  return new Promise((done) => {
    const child = spawn(join(programs, command), args, {
      cwd: root,
      stdio: hear ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      env: { ...process.env, ...environment, PATH: programs + delimiter + process.env['PATH'] },
      shell: process.platform === 'win32',
    })
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', hear ?? (() => {}))
    child.on('error', () => done(false))
    child.on('close', (code) => done(code === 0))
  })
}

// Escape sequences are for people who watch, not for files.
if (!process.stdout.isTTY) process.env['NO_COLOR'] = '1'

const title = (text: string) => console.log(`\n━━ ${text} ━━`)

type Step = readonly [name: string, command: string, ...args: string[]]

/** Steps that are one test each, which holds or does not. They run side by side, and are told of one by one. */
async function steps(...all: readonly Step[]): Promise<Count[]> {
  const running = all.map(([, command, ...args]) => {
    let said = ''
    return run(command, args, { hear: (text) => (said += text) }).then((passed) => ({ passed, said }))
  })
  const counts: Count[] = []
  for (const [index, one] of running.entries()) {
    const { passed, said } = await one
    title(all[index]?.[0] ?? '')
    console.log(said.trimEnd() + (passed ? '\nholds' : ''))
    counts.push({ passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 })
  }
  return counts
}

interface Assertion {
  readonly status: string
  readonly fullName: string
}

interface VitestReport {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly Assertion[] }[]
}

/** A project of vitest. A file that does not even load counts as one failure, and so does a run without a report. */
async function tests(name: string, project: string, environment?: Record<string, string>): Promise<Count> {
  title(name)
  const folder = mkdtempSync(join(tmpdir(), 'commonhall-check-'))
  const file = join(folder, 'report.json')
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    const content = await run('vitest', ['run', '--project', project, ...reporters], { environment })
    if (!existsSync(file)) return { passed: 0, failed: 1, skipped: 0 }
    const report = JSON.parse(readFileSync(file, 'utf8')) as VitestReport
    const broken = report.testResults.filter((one) => one.status === 'failed' && !one.assertionResults.length).length
    const failed = report.numFailedTests + broken
    for (const { status, fullName } of report.testResults.flatMap((one) => one.assertionResults)) {
      if (status === 'skipped' || status === 'pending' || status === 'todo') console.log(`skipped: ${fullName}`)
    }
    return {
      passed: report.numPassedTests,
      failed: failed || (content ? 0 : 1),
      skipped: report.numPendingTests + report.numTodoTests,
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function journeys(): Promise<Count> {
  const name = 'Journeys in a real browser'
  const browser = findChromium()
  if (browser) return tests(name, 'journeys', { CHROMIUM_PATH: browser })
  title(name)
  const skipped = globSync('test/journeys/*.e2e.ts', { cwd: root })
  console.log('No Chromium was found: install one, or name it in CHROMIUM_PATH.')
  for (const file of skipped) console.log(`skipped: ${file}`)
  return { passed: 0, failed: 0, skipped: skipped.length }
}

const counts = [
  ...(await steps(
    ['Format', 'oxfmt', '--check'],
    ['Lint', 'oxlint'],
    ['Types', 'tsc'],
    ['Dead code', 'knip', '--no-progress'],
  )),
  await tests('Walls', 'walls'),
  await tests('Units and integration', 'unit'),
  await journeys(),
]

const sum = (of: keyof Count) => counts.reduce((total, count) => total + count[of], 0)
const skipped = sum('skipped')
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed${skipped ? `, ${skipped} skipped` : ''}`)
process.exitCode = sum('failed') ? 1 : 0
