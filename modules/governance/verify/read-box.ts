import { createHash } from 'node:crypto'
import { type BallotInFile, type BoxFile, type HeadInFile, knownFormat } from './box-file.ts'
import { type Finding, Unreadable } from './finding.ts'

type Json = Readonly<Record<string, unknown>>

/**
 * Reads a published box line by line, and reckons its seal on the way: SHA-256 over every line before the seal, each
 * with its line feed. A sealed archive is a box with more lines, under a seal of their own.
 * @throws Unreadable
 */
export async function readBox(lines: AsyncIterable<string>): Promise<BoxFile> {
  const hash = createHash('sha256')
  let line = 0
  let head: HeadInFile | undefined
  const ballots: BallotInFile[] = []
  const results = new Map<string, unknown>()
  let seal: BoxFile['seal'] | undefined
  let archive: BoxFile['archive'] = null
  for await (const text of lines) {
    line++
    const json = parsed(text, line)
    const record = json['record']
    if (archive) stop('after_seal', line)
    if (!head) {
      head = headIn(json, line)
    } else if (seal) {
      if (record === 'archive-seal') archive = { said: textOf(json, 'sha256'), found: hash.copy().digest('hex') }
    } else if (record === 'ballot') {
      ballots.push(ballotIn(json, line))
    } else if (record === 'result') {
      const contest = textOf(json, 'contest')
      if (results.has(contest)) stop('twice_said', line)
      results.set(contest, json['count'])
    } else if (record === 'seal') {
      seal = { said: textOf(json, 'sha256'), found: hash.copy().digest('hex') }
    } else {
      stop('unreadable', line)
    }
    hash.update(`${text}\n`, 'utf8')
  }
  if (!head) return stop('no_head', 1)
  if (!seal) return stop('no_seal', line)
  return { head, ballots, results, seal, archive: archive ?? unsealed(line, ballots, results) }
}

/** Lines after the seal are those of an archive, and an archive ends with a seal of its own. */
function unsealed(lines: number, ballots: readonly unknown[], results: ReadonlyMap<string, unknown>): null {
  return lines === 2 + ballots.length + results.size ? null : stop('after_seal', 3 + ballots.length + results.size)
}

function stop(code: Finding['code'], line: number, params: Finding['params'] = {}): never {
  throw new Unreadable({ code, line, params: { line, ...params } })
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

function parsed(text: string, line: number): Json {
  try {
    const value: unknown = JSON.parse(text)
    if (isObject(value)) return value
  } catch {
    // Said below, as for everything that is no record.
  }
  return stop('unreadable', line)
}

const textOf = (json: Json, key: string): string => (typeof json[key] === 'string' ? json[key] : '')
const textOrNull = (json: Json, key: string): string | null => (typeof json[key] === 'string' ? json[key] : null)

function headIn(json: Json, line: number): HeadInFile {
  if (json['record'] !== 'election') stop('no_head', line)
  if (json['format'] !== knownFormat) stop('other_format', line, { format: textOf(json, 'format'), known: knownFormat })
  const { organization, election, contests, counters } = json
  if (!isObject(organization) || !isObject(election) || !Array.isArray(contests) || !isObject(counters))
    return stop('unreadable', line)
  return {
    format: knownFormat,
    organization: { slug: textOf(organization, 'slug'), name: textOf(organization, 'name') },
    election: { id: textOf(election, 'id'), name: textOf(election, 'name') },
    seed: textOrNull(json, 'seed'),
    key: textOrNull(json, 'key'),
    key_fingerprint: textOrNull(json, 'key_fingerprint'),
    contests: contests.map((contest: unknown) => contestIn(contest, line)),
    counters,
  }
}

function contestIn(json: unknown, line: number): HeadInFile['contests'][number] {
  if (!isObject(json) || !Array.isArray(json['candidates']) || !isObject(json['counting']))
    return stop('unreadable', line)
  const candidates = json['candidates'].map((one: unknown) => {
    if (!isObject(one)) return stop('unreadable', line)
    return { id: textOf(one, 'id'), name: textOf(one, 'name'), ...(one['out'] === true ? { out: true } : {}) }
  })
  return { id: textOf(json, 'id'), name: textOf(json, 'name'), candidates, counting: json['counting'] }
}

function ballotIn(json: Json, line: number): BallotInFile {
  const { origin } = json
  if (origin !== 'online' && origin !== 'paper') return stop('unreadable', line)
  return {
    line,
    origin,
    token: textOf(json, 'token'),
    prefix: textOf(json, 'prefix'),
    signature: textOf(json, 'signature'),
    ballot: textOf(json, 'ballot'),
    ballot_signature: textOf(json, 'ballot_signature'),
    receipt: textOf(json, 'receipt'),
  }
}
