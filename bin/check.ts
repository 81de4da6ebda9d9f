// What `npm test` runs: everything, to the end, whatever fails on the way. The last line counts.
import { spawn } from 'node:child_process'
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, relative } from 'node:path'
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

/** What failed and why, told once more at the end. */
const failures: string[] = []

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
    if (!passed) failures.push(`${all[index]?.[0]}\n${said.trim().slice(-3000)}`)
    counts.push({ passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 })
  }
  return counts
}

interface Assertion {
  readonly status: string
  readonly fullName: string
  readonly failureMessages?: readonly string[]
}

interface TestFile {
  readonly name: string
  readonly status: string
  readonly message?: string
  readonly assertionResults: readonly Assertion[]
}

interface VitestReport {
  readonly numPassedTests: number
  readonly numPendingTests: number
  readonly numTodoTests: number
  readonly testResults: readonly TestFile[]
}

const nothing: VitestReport = { numPassedTests: 0, numPendingTests: 0, numTodoTests: 0, testResults: [] }

/** What failed in a file, and why: its tests, or, where none did, the file as a whole. */
function failuresOf({ name, status, message, assertionResults }: TestFile): string[] {
  const path = relative(root, name)
  const failed = assertionResults.filter((one) => one.status === 'failed')
  if (!failed.length && status === 'failed') return [`${path}\n${message}`]
  return failed.map(({ fullName, failureMessages = [] }) => `${path}: ${fullName}\n${failureMessages.join('\n')}`)
}

/** A project of vitest. A file that does not even load counts as one failure, and so does a run without a report. */
async function tests(name: string, project: string, environment?: Record<string, string>): Promise<Count> {
  title(name)
  const folder = mkdtempSync(join(tmpdir(), 'commonhall-check-'))
  const file = join(folder, 'report.json')
  try {
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
    const content = await run('vitest', ['run', '--project', project, ...reporters], { environment })
    const report = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as VitestReport) : nothing
    const found = report.testResults.flatMap(failuresOf)
    if (!found.length && !content) found.push(`${name}\nWhat went wrong beside the tests stands above.`)
    failures.push(...found)
    for (const { status, fullName } of report.testResults.flatMap((one) => one.assertionResults)) {
      if (status === 'skipped' || status === 'pending' || status === 'todo') console.log(`skipped: ${fullName}`)
    }
    return {
      passed: report.numPassedTests,
      failed: found.length,
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

if (failures.length) {
  title('What failed')
  for (const failure of failures) console.log(`\n✗ ${failure}`)
}

const sum = (of: keyof Count) => counts.reduce((total, count) => total + count[of], 0)
const skipped = sum('skipped')
console.log(`\n${sum('passed')} passed, ${sum('failed')} failed${skipped ? `, ${skipped} skipped` : ''}`)
process.exitCode = sum('failed') ? 1 : 0
