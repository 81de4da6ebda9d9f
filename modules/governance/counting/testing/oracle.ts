import type { Ballot, Rules } from '../index.ts'

/** A fraction in no particular form. */
interface Fraction {
  readonly over: bigint
  readonly under: bigint
}

interface Paper {
  readonly ranks: readonly (readonly string[])[]
  worth: Fraction
  holder: string | undefined
}

export interface Told {
  readonly winners: readonly string[]
  /** Each round, who had how much, as `over/under` in lowest terms. */
  readonly tallies: readonly Readonly<Record<string, string>>[]
}

const fraction = (over: bigint, under = 1n): Fraction => ({ over, under })
const plus = (a: Fraction, b: Fraction) => fraction(a.over * b.under + b.over * a.under, a.under * b.under)
const minus = (a: Fraction, b: Fraction) => plus(a, fraction(-b.over, b.under))
const times = (a: Fraction, b: Fraction) => fraction(a.over * b.over, a.under * b.under)
const by = (a: Fraction, b: Fraction) => fraction(a.over * b.under, a.under * b.over)
const isLess = (a: Fraction, b: Fraction) => a.over * b.under < b.over * a.under
const divisor = (a: bigint, b: bigint): bigint => (b ? divisor(b, a % b) : a)

/** Cut off behind so many places. */
const cut = (a: Fraction, places: number) => fraction((a.over * 10n ** BigInt(places)) / a.under, 10n ** BigInt(places))
const cutUp = (a: Fraction, places: number) => minus(fraction(0n), cutDown(minus(fraction(0n), a), places))

function cutDown(a: Fraction, places: number): Fraction {
  const whole = cut(a, places)
  return isLess(a, whole) ? minus(whole, fraction(1n, 10n ** BigInt(places))) : whole
}

function text({ over, under }: Fraction): string {
  const common = divisor(over < 0n ? -over : over, under) || 1n
  return `${over / common}/${under / common}`
}

/** For whom a ballot counts, read from its first rank; undefined: for nobody. */
function readPaper(rules: Rules, { ranks }: Paper, isIn: (name: string) => boolean): string | undefined {
  let blank = 0
  const seen: string[] = []
  for (const names of ranks.slice(0, rules.max_rankings ?? ranks.length)) {
    if (!names.length) {
      blank += 1
      continue
    }
    if (rules.max_skipped_ranks !== null && blank > rules.max_skipped_ranks) return undefined
    blank = 0
    if (rules.duplicate === 'exhaust' && names.some((name) => seen.includes(name))) return undefined
    seen.push(...names)
    const left = names.filter(isIn)
    if (names.length === 1 || rules.overvote === 'exhaust-if-multiple-continuing') {
      if (left.length > 1) return undefined
      if (left.length === 1) return left[0]
    } else if (rules.overvote === 'exhaust') {
      return undefined
    }
  }
  return undefined
}

function quotaOf(rules: Rules, votes: Fraction): Fraction {
  const seats = BigInt(rules.seats)
  const [droop, hare] = [by(votes, fraction(seats + 1n)), by(votes, fraction(seats))]
  const places = rules.decimal_places
  if (rules.quota === 'droop-whole') return plus(cut(droop, 0), fraction(1n))
  if (rules.quota === 'droop-fractional') return plus(cut(droop, places), fraction(1n, 10n ** BigInt(places)))
  if (rules.quota === 'hare-whole') return cutUp(hare, 0)
  if (rules.quota === 'hare-fractional') return cutUp(hare, places)
  return plus(cut(by(votes, fraction(2n)), 0), fraction(1n))
}

/**
 * Counts once more, in the simplest way that could be right: every ballot by itself, with fractions, and all of them
 * added up anew in each round. Knows irv, stv and bottoms-up, ties by the order of candidates, and no write-ins.
 */
export function countNaively(rules: Rules, ballots: readonly Ballot[]): Told {
  const papers = ballots.flatMap(({ count = 1, ranks = [] }) =>
    Array.from({ length: count }, (): Paper => ({ ranks, worth: fraction(1n), holder: undefined })),
  )
  const continuing = new Set(rules.candidates)
  const kept = new Map<string, Fraction>()
  const winners: string[] = []
  const tallies: Record<string, string>[] = []
  const deal = (paper: Paper) => (paper.holder = readPaper(rules, paper, (name) => continuing.has(name)))
  for (const paper of papers) deal(paper)
  let quota: Fraction | undefined
  for (;;) {
    const votes = new Map([...kept, ...[...continuing].map((name): [string, Fraction] => [name, fraction(0n)])])
    for (const { holder, worth } of papers)
      if (holder !== undefined) votes.set(holder, plus(votes.get(holder) ?? fraction(0n), worth))
    tallies.push(Object.fromEntries([...votes].map(([name, has]) => [name, text(has)])))
    const has = (name: string) => votes.get(name) ?? fraction(0n)
    const active = [...continuing].map(has).reduce(plus, fraction(0n))
    if (rules.method === 'irv' || quota === undefined) quota = quotaOf(rules, active)
    const open = rules.seats - winners.length
    if (!open || !continuing.size) return { winners, tallies }
    const elected = electedBy(rules, [...continuing], has, quota, open)
    winners.push(...elected.toSorted())
    const isEverybody = winners.length === rules.candidates.length && winners.length < rules.seats
    if (elected.length && (rules.method !== 'stv' || isEverybody)) return { winners, tallies }
    const out = elected.length ? elected : [loser(rules, [...continuing], has)]
    for (const name of out) continuing.delete(name)
    for (const name of elected) pass(rules, papers, name, has(name), quota, kept)
    const nobody = winners.length === rules.seats
    for (const paper of papers) if (out.includes(paper.holder ?? '')) paper.holder = nobody ? undefined : deal(paper)
  }
}

function electedBy(rules: Rules, left: string[], has: (name: string) => Fraction, quota: Fraction, open: number) {
  if (left.length <= open) return left
  if (rules.method === 'bottoms-up') return []
  const over = left.filter((name) => !isLess(has(name), quota))
  if (over.length || rules.method === 'stv' || left.length > 2) return over
  const [first = '', second = ''] = rules.candidates.filter((name) => left.includes(name))
  return [isLess(has(first), has(second)) ? second : first]
}

/** The one with fewest votes; of several the latest in the order. */
const loser = (rules: Rules, left: string[], has: (name: string) => Fraction): string =>
  rules.candidates
    .filter((name) => left.includes(name))
    .reduce((low, name) => (isLess(has(low), has(name)) ? low : name))

/** Each ballot of somebody elected is worth only its part of the surplus from now on. */
function pass(
  rules: Rules,
  papers: Paper[],
  name: string,
  votes: Fraction,
  quota: Fraction,
  kept: Map<string, Fraction>,
) {
  const surplus = minus(votes, quota)
  const hasSurplus = surplus.over > 0n
  const part = hasSurplus ? cut(by(surplus, votes), rules.decimal_places) : fraction(0n)
  for (const paper of papers)
    if (paper.holder === name) paper.worth = cut(times(paper.worth, part), rules.decimal_places)
  kept.set(name, hasSurplus ? quota : votes)
}

/** A decimal as `over/under` in lowest terms, to compare with. */
export function inLowestTerms(decimal: string): string {
  const [whole = '0', digits = ''] = decimal.split('.')
  return text(fraction(BigInt(whole + digits), 10n ** BigInt(digits.length)))
}
