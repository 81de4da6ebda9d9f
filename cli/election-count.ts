import { closeSync, openSync, readFileSync, readSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { addWords, refuse, say } from '@commonhall/kernel'
import type * as governanceCounting from '@commonhall/modules/governance/counting'
import type { Ballots, Count, Rules } from '@commonhall/modules/governance/counting'
import { type Command, tell, warn, WrongUse } from './command.ts'

type Counting = typeof governanceCounting

/** As much of a file as is read at once. */
const chunk = 1 << 20

/** Counts ballots in a file by rules in another. Opens no database, and asks nobody. */
export const electionCountCommand: Command = {
  name: 'election count',
  takes: ['BALLOTS'],
  options: { rules: { type: 'string' }, explain: { type: 'boolean' }, format: { type: 'string' } },
  async run({ values: { rules: path, explain, format }, positionals: [file = ''] }) {
    if (typeof path !== 'string') throw new WrongUse(say('cli:election.no_rules'))
    if (format !== undefined && format !== 'csv' && format !== 'blt')
      throw new WrongUse(say('cli:election.bad_format', { format }))
    const counting = await import('@commonhall/modules/governance/counting')
    addWords('governance', { counting: counting.words })
    const rules = rulesIn(path, counting)
    const isBlt = format === 'blt' || (format === undefined && /\.blt$/i.test(file))
    const ballots = await (isBlt ? bltIn(file, rules) : csvIn(file, rules))
    const result = counting.count(rules, ballots)
    if (explain) explained(result, counting)
    else tell(JSON.stringify(counting.published(result), null, 1))
    if (result.asks) warn(counting.sayTie(result.asks))
    return result.asks ? 1 : 0
  },
}

function rulesIn(path: string, { readRules }: Counting): Rules {
  const text = readable(path)
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    return refuse('invalid_rules', say('cli:election.no_json', { file: path, why: (error as Error).message }))
  }
  try {
    return readRules(json)
  } catch (error) {
    return refuse('invalid_rules', say('cli:election.in_file', { file: path, why: (error as Error).message }))
  }
}

function readable(path: string): string {
  there(path)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(path))
  } catch {
    return refuse('invalid_file', say('cli:election.unreadable', { file: path }))
  }
}

function there(path: string): void {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile())
    refuse('not_found', say('cli:election.no_file', { file: path }))
}

async function csvIn(path: string, rules: Rules): Promise<Ballots> {
  const { CsvReading } = await import('@commonhall/modules/governance/counting/files')
  there(path)
  const reading = new CsvReading(rules, basename(path))
  const file = openSync(path, 'r')
  try {
    for (;;) {
      const bytes = Buffer.allocUnsafe(chunk)
      const length = readSync(file, bytes)
      if (!length) return reading.end()
      reading.push(bytes.subarray(0, length))
    }
  } finally {
    closeSync(file)
  }
}

/** The rules say who stands and who is out; the file's own seats are for programs without rules. */
async function bltIn(path: string, rules: Rules): Promise<Ballots> {
  const { readBlt } = await import('@commonhall/modules/governance/counting/files')
  const { candidates, ballots } = readBlt(readable(path), basename(path))
  const { excluded_candidates: excluded, undeclared_write_ins: writeIns } = rules
  const known = [...rules.candidates, ...excluded, ...(writeIns.present ? [writeIns.name] : [])]
  const stranger = candidates.find((name) => !known.includes(name))
  if (stranger !== undefined)
    refuse('invalid_file', say('cli:election.stranger', { file: basename(path), name: stranger }))
  return ballots
}

function explained(result: Count, { sayReason }: Counting): void {
  const passes = 'passes' in result ? result.passes : [result]
  for (const [index, { rounds }] of passes.entries()) {
    if (passes.length > 1) tell(say('cli:election.seat', { seat: index + 1 }))
    for (const { round, threshold, tally, reasons } of rounds) {
      tell(say('cli:election.round', { round, threshold }))
      for (const [name, votes] of Object.entries(tally)) tell(`  ${votes.padStart(12)}  ${name}`)
      for (const reason of reasons) tell(`  ${sayReason(reason)}`)
    }
  }
  tell(say('cli:election.winners', { winners: result.winners.join(', ') || '–' }))
}
