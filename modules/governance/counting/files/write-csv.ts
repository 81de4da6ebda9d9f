import type { Ballot, Ballots } from '../ballot.ts'
import { packed, unpacked } from '../pack.ts'
import type { Rules } from '../rules.ts'
import { kindOf } from './header.ts'

const written = (value: string): string => (/[",\r\n]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)

const line = (values: readonly (string | number)[]): string =>
  `${values.map((value) => written(String(value))).join(',')}\n`

/** Ballots as CSV, line by line, in the form that `CsvReading` reads. */
export function* csvOf(rules: Rules, ballots: Ballots): Generator<string> {
  if (kindOf(rules) === 'points') {
    const { candidates, excluded_candidates: excluded, undeclared_write_ins: group } = rules
    const names = [...candidates, ...excluded, ...(group.present ? [group.name] : [])]
    yield line(['count', ...names])
    for (const { count = 1, points = {} } of ballots as Iterable<Ballot>)
      yield line([count, ...names.map((name) => points[name] ?? '')])
    return
  }
  const rows = packed(ballots)
  const column = /^(irv|stv|bottoms-up)/.test(rules.method) ? 'rank' : 'choice'
  const width = Math.max(1, rows.width)
  yield line(['count', ...Array.from({ length: width }, (_, index) => `${column}${index + 1}`)])
  for (const { count, ranks } of unpacked(rows))
    yield line([count, ...Array.from({ length: width }, (_, index) => (ranks[index] ?? []).join(' | '))])
}
