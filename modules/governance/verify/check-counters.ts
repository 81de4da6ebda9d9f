import type { BoxFile } from './box-file.ts'
import type { Finding } from './finding.ts'

/** Each counter must not be more than the other: whoever breaks one has made ballots. */
const atMost: readonly (readonly [part: readonly string[], whole: readonly string[]])[] = [
  [['cast'], ['issued']],
  [['issued', 'paper_given'], ['eligible']],
  [
    ['paper_counted', 'void'],
    ['paper_given', 'challenged_accepted'],
  ],
  [['challenged_accepted', 'challenged_rejected'], ['challenged']],
]

/** Ballots in the box against the counters that are published with it, and the counters against one another. */
export function checkCounters({ head: { counters }, ballots }: BoxFile): Finding[] {
  const of = (name: string) => (Number.isSafeInteger(counters[name]) ? Number(counters[name]) : NaN)
  const found: Finding[] = []
  for (const [origin, name] of [
    ['online', 'cast'],
    ['paper', 'paper_counted'],
  ] as const) {
    const there = ballots.filter((ballot) => ballot.origin === origin).length
    const params = { origin, there, said: of(name), count: Math.abs(of(name) - there) }
    if (!(there >= of(name))) found.push({ code: 'dropped', params })
    else if (there > of(name)) found.push({ code: 'too_many_ballots', params })
  }
  const sum = (names: readonly string[]) => names.reduce((all, name) => all + of(name), 0)
  for (const [part, whole] of atMost) {
    if (sum(part) <= sum(whole)) continue
    const params = { part: part.join(' + '), whole: whole.join(' + '), more: sum(part), less: sum(whole) }
    found.push({ code: 'counters', params })
  }
  return found
}
