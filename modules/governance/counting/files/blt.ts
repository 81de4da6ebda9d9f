import type { Ballot, Ballots } from '../ballot.ts'
import { packed, unpacked } from '../pack.ts'
import type { Rules } from '../rules.ts'
import { type Refuse, refuseFile } from './refuse.ts'

/** What a BLT file says. */
export interface BltFile {
  readonly title: string
  readonly seats: number
  readonly candidates: readonly string[]
  /** Those of the candidates who have withdrawn. */
  readonly withdrawn: readonly string[]
  readonly ballots: readonly (Ballot & Required<Pick<Ballot, 'count' | 'ranks'>>)[]
}

interface Line {
  readonly number: number
  readonly text: string
}

const largest = 10_000

/**
 * Reads BLT, the ballot file of Hill, Wichmann and Woodall (1987), with what later programs added: `1=2` for names
 * at one rank, `-` for a rank left blank, an identifier in brackets before a ballot, and `#` before a remark.
 * @throws Refusal `invalid_file`, naming file, line and entry.
 */
export function readBlt(text: string, file: string): BltFile {
  const refuse = refuseFile('blt', file)
  const lines = text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .map((line, index) => ({ number: index + 1, text: withoutRemark(line).trim() }))
    .filter((line) => line.text !== '')
  const [head, ...rest] = lines
  const [, many = '', seats = ''] = /^(\d{1,9})\s+(\d{1,9})$/.exec(head?.text ?? '') ?? []
  if (!head || !seats) return refuse('head', { line: head?.number ?? 1 })
  if ([many, seats].some((size) => Number(size) < 1 || Number(size) > largest))
    return refuse('too_large', { line: head.number })
  const end = rest.findIndex((line) => line.text === '0')
  if (end < 0) return refuse('no_end', {})
  const isWithdrawal = ({ text: line }: Line) => /^(-\d+\s*)+$/.test(line)
  const numbers = rest.slice(0, end).filter(isWithdrawal)
  const { names, title } = namesOf(rest.slice(end + 1), Number(many), refuse)
  const at = (entry: string, line: Line, place: number) => nameAt(names, entry, refuse, line.number, place)
  return {
    title,
    seats: Number(seats),
    candidates: names,
    withdrawn: numbers.flatMap((line) =>
      line.text.split(/\s+/).map((entry, index) => at(entry.slice(1), line, index + 1)),
    ),
    ballots: rest
      .slice(0, end)
      .filter((line) => !isWithdrawal(line))
      .map((line) => ballotOf(line, at, refuse)),
  }
}

/** What follows a `#` that stands in no quotation marks. */
const withoutRemark = (line: string): string => /^(?:[^"#]|"[^"]*"(?!.*")|".*")*/.exec(line)?.[0] ?? line

function ballotOf(line: Line, at: (entry: string, line: Line, place: number) => string, refuse: Refuse) {
  const [weight = '', ...entries] = line.text.replace(/^\([^)]*\)\s*/, '').split(/\s+/)
  if (!/^\d{1,15}$/.test(weight)) refuse('weight', { line: line.number, value: weight })
  if (entries.pop() !== '0') refuse('ballot_end', { line: line.number })
  const ranks = entries.map((entry, index) =>
    entry === '-' ? [] : entry.split('=').map((number) => at(number, line, index + 2)),
  )
  return { count: Number(weight), ranks }
}

function nameAt(names: readonly string[], entry: string, refuse: Refuse, line: number, place: number): string {
  if (!/^\d{1,9}$/.test(entry)) return refuse('number', { line, entry: place, value: entry })
  return names[Number(entry) - 1] ?? refuse('candidate', { line, entry: place, value: entry })
}

/** The lines behind the ballots: a name each, and the title. */
function namesOf(lines: readonly Line[], many: number, refuse: Refuse) {
  const quoted = lines.map((line) => /^"(.*)"$/.exec(line.text)?.[1]?.trim())
  const wrong = quoted.findIndex((name, index) => name === undefined || (name === '' && index < many))
  if (wrong >= 0 || quoted.length < many || quoted.length > many + 1) {
    const line = lines[wrong < 0 ? lines.length - 1 : wrong]?.number ?? 1
    refuse('names', { line, expected: many, found: wrong < 0 ? quoted.length : wrong })
  }
  return { names: quoted.slice(0, many) as string[], title: quoted[many] ?? '' }
}

/** Ranked ballots as BLT, line by line. Blank ranks behind the last used one are not written. */
export function* bltOf(rules: Rules, ballots: Ballots): Generator<string> {
  const refuse = refuseFile('blt', 'BLT')
  if (!/^(irv|stv|bottoms-up)/.test(rules.method)) refuse('not_ranked', {})
  const { candidates, excluded_candidates: excluded, undeclared_write_ins: group } = rules
  const names = [...candidates, ...excluded, ...(group.present ? [group.name] : [])]
  const numberOf = new Map(names.map((name, index) => [name, index + 1]))
  const numbered = (name: string) => numberOf.get(name) ?? refuse('unnamed', { name })
  yield `${names.length} ${rules.seats}\n`
  if (excluded.length) yield `${excluded.map((name) => -numbered(name)).join(' ')}\n`
  for (const { count, ranks } of unpacked(packed(ballots))) {
    const used = ranks.slice(0, ranks.findLastIndex((rank) => rank.length) + 1)
    const entries = used.map((rank) => rank.map(numbered).join('=') || '-')
    yield `${[count, ...entries, 0].join(' ')}\n`
  }
  yield '0\n'
  for (const name of [...names, rules.contest ?? '']) {
    if (/[\r\n]/.test(name)) refuse('name', { name })
    yield `"${name}"\n`
  }
}
