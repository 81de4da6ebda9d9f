import { spawn } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { count, type Ballots, readRules } from '@commonhall/modules/governance/counting'
import { CsvReading } from '@commonhall/modules/governance/counting/files'
import { atMost, type Line, median } from './line.ts'

const ballots = 1_000_000
const rounds = 3
const candidates = Array.from({ length: 10 }, (_, index) => `Candidate ${index + 1}`)

const elections = [
  { name: '1,000,000 ballots, instant run-off', most: 3, rules: { method: 'irv' } },
  { name: '1,000,000 ballots, STV with 5 seats', most: 6, rules: { method: 'stv', seats: 5 } },
] as const

/** The whole command from start to end, beside a program that only splits the same file into lines and values. */
export async function measureCount(): Promise<Line[]> {
  const folder = mkdtempSync(join(tmpdir(), 'commonhall-count-'))
  try {
    const file = join(folder, 'ballots.csv')
    writeBallots(file)
    const lines: Line[] = []
    for (const election of elections) lines.push(...(await measureElection(folder, file, election)))
    return lines
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function measureElection(folder: string, file: string, { name, most, rules }: (typeof elections)[number]) {
  const path = join(folder, `${rules.method}.json`)
  const whole = { ...rules, candidates, tie_break: { mode: 'candidate-order' } }
  writeFileSync(path, JSON.stringify(whole))
  const ours: number[] = []
  const bare: number[] = []
  let memory = 0
  for (let round = 0; round < rounds; round++) {
    const command = await timed('bin/commonhall', ['election', 'count', '--rules', path, file])
    ours.push(command.seconds)
    memory = Math.max(memory, command.memory)
    bare.push((await timed(process.execPath, [join(import.meta.dirname, 'bare-lines.ts'), file])).seconds)
  }
  const lines: Line[] = [
    {
      name,
      unit: 's',
      ours: median(ours),
      limit: { name: 's to split its lines', value: median(bare) },
      bar: atMost(most),
    },
    { name: '… the counting alone', unit: 'ms', ours: countAlone(file, whole) },
  ]
  return memory ? [...lines, { name: '… memory', unit: 'MB', ours: memory, bar: atMost(1000) } satisfies Line] : lines
}

/** How long a command takes, and the most memory that it held, where the system tells (Linux). */
function timed(command: string, args: readonly string[]): Promise<{ seconds: number; memory: number }> {
  const begun = performance.now()
  let memory = 0
  return new Promise((done, fail) => {
    const child = spawn(command, args, { stdio: ['ignore', 'ignore', 'inherit'] })
    const looking = setInterval(() => (memory = Math.max(memory, mostHeld(child.pid))), 10)
    child.on('error', fail)
    child.on('exit', (code) => {
      clearInterval(looking)
      if (code) fail(new Error(`${command} ended with ${code}.`))
      else done({ seconds: (performance.now() - begun) / 1000, memory })
    })
  })
}

function mostHeld(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1000
  } catch {
    return 0
  }
}

function countAlone(file: string, json: object): number {
  const rules = readRules(json)
  const reading = new CsvReading(rules, file)
  reading.push(readFileSync(file))
  const read: Ballots = reading.end()
  const begun = performance.now()
  count(rules, read)
  return performance.now() - begun
}

/** Ballots of three blocs of voters, close enough for many rounds; always the same. */
function writeBallots(path: string): void {
  const random = sequence()
  const blocs = Array.from({ length: 3 }, () => candidates.map(() => 10 + random(90)))
  const file = openSync(path, 'w')
  writeSync(file, `count,${candidates.map((_, index) => `rank${index + 1}`).join(',')}\n`)
  let lines: string[] = []
  for (let made = 1; made <= ballots; made++) {
    lines.push(oneBallot(blocs[random(3)] ?? [], random))
    if (made % 10_000) continue
    writeSync(file, lines.join(''))
    lines = []
  }
  closeSync(file)
}

function oneBallot(bloc: readonly number[], random: (below: number) => number): string {
  const left = [...bloc]
  const ranked = Array.from({ length: 1 + random(candidates.length) }, () => {
    let at = random(left.reduce((sum, weight) => sum + weight, 0))
    const found = left.findIndex((weight) => (at -= weight) < 0)
    left[found] = 0
    return candidates[found]
  })
  return `1,${candidates.map((_, rank) => ranked[rank] ?? '').join(',')}\n`
}

/** Numbers below what is asked for, by a linear congruence (Numerical Recipes): seeded, and good enough for ballots. */
function sequence(): (below: number) => number {
  let state = 1
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}
