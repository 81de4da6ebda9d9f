import { refuse, say } from '@commonhall/kernel'
import type { Ballots } from './ballot.ts'
import { type Field, fieldOf } from './field.ts'
import { packed, unpacked } from './pack.ts'
import type { Inactive, Reason, SingleCount } from './result.ts'
import type { Rules } from './rules.ts'
import { Ties } from './ties.ts'
import { byName } from './votes.ts'

/** What the ballots of a method without rounds add up to. */
interface Sums {
  readonly votes: Map<string, bigint>
  total: bigint
  blank: bigint
  overvotes: bigint
  /** Ballots that name nobody but the excluded. */
  exhausted: bigint
}

/** Votes or points of one ballot; `isOver` where there are more than the rules allow. */
interface Marks {
  readonly count: bigint
  readonly points: ReadonlyMap<string, bigint>
  readonly isOver: boolean
}

/** Counts the methods that take one look: whoever has most is elected. */
export function countOnce(rules: Rules, ballots: Ballots): SingleCount {
  const field = fieldOf(rules)
  const isPoints = rules.method === 'score' || rules.method === 'cumulative'
  const sums = add(field, isPoints ? pointsOn(rules, field, ballots) : choicesOn(rules, field, ballots))
  const ties = new Ties(rules)
  const { elected, reasons } = rules.method === 'yes-no' ? yesOrNo(rules, sums) : most(rules, field, sums, ties)
  const threshold = rules.method === 'yes-no' ? String(half(rules, sums)) : '1'
  const inactive: Inactive = {
    overvotes: String(sums.overvotes),
    skipped_ranks: '0',
    repeated_rankings: '0',
    exhausted_choices: String(sums.exhausted),
  }
  const tally = Object.fromEntries([...sums.votes].map(([name, votes]) => [name, String(votes)]))
  const transfers = Object.fromEntries(elected.map((name) => [name, {}]))
  const shown = elected.toSorted(byName)
  return {
    winners: elected,
    seats: rules.seats,
    final_threshold: threshold,
    total_ballots: String(sums.total),
    blank_ballots: String(sums.blank),
    num_candidates_reported: field.names.length,
    rounds: ties.open
      ? []
      : [{ round: 1, threshold, tally, inactive, elected: shown, eliminated: [], transfers, reasons }],
    ties_resolved: ties.resolved,
    ...(ties.open ? { asks: ties.open } : {}),
  }
}

function* choicesOn(rules: Rules, field: Field, ballots: Ballots): Generator<Marks> {
  const most = rules.method === 'yes-no' ? 1 : (rules.max_choices ?? Infinity)
  for (const { count, ranks } of unpacked(packed(ballots, 'choices'))) {
    const marked = new Set(ranks.flat())
    const isUnnamed = marked.delete(rules.overvote_without_names)
    for (const name of marked) known(field, name)
    const points = new Map([...marked].map((name) => [name, 1n]))
    yield { count: BigInt(count), points, isOver: isUnnamed || marked.size > most }
  }
}

function* pointsOn(rules: Rules, field: Field, ballots: Ballots): Generator<Marks> {
  const isScore = rules.method === 'score'
  const each = isScore ? rules.max_score : rules.votes_per_ballot
  if ('rows' in ballots) refuse('invalid_ballot', say('governance:counting.refused.no_points', { at: 1 }))
  let at = 0
  for (const { count = 1, points: given } of ballots) {
    at++
    if (!given) refuse('invalid_ballot', say('governance:counting.refused.no_points', { at }))
    const points = new Map<string, bigint>()
    let sum = 0
    for (const [name, value] of Object.entries(given)) {
      known(field, name)
      if (!Number.isSafeInteger(value) || value < 0)
        refuse('invalid_ballot', say('governance:counting.refused.points', { at, name, value }))
      sum = isScore ? Math.max(sum, value) : sum + value
      if (value || isScore) points.set(name, BigInt(value))
    }
    yield { count: BigInt(count), points, isOver: sum > each }
  }
}

function known({ numberOf }: Field, name: string): void {
  if (!numberOf.has(name)) refuse('invalid_ballot', say('governance:counting.refused.unknown_candidate', { name }))
}

function add(field: Field, ballots: Iterable<Marks>): Sums {
  const names = field.names.filter((_, number) => !field.excluded.has(number))
  const sums: Sums = {
    votes: new Map(names.map((name) => [name, 0n])),
    total: 0n,
    blank: 0n,
    overvotes: 0n,
    exhausted: 0n,
  }
  for (const { count, points, isOver } of ballots) {
    sums.total += count
    const counted = [...points].filter(([name]) => sums.votes.has(name))
    if (isOver) sums.overvotes += count
    else if (!points.size) sums.blank += count
    else if (!counted.length) sums.exhausted += count
    else for (const [name, value] of counted) sums.votes.set(name, (sums.votes.get(name) ?? 0n) + value * count)
  }
  return sums
}

interface Elected {
  readonly elected: string[]
  readonly reasons: readonly Reason[]
}

/** More than half of those who said yes or no. */
const half = ({ candidates: [yes = '', no = ''] }: Rules, { votes }: Sums): bigint =>
  ((votes.get(yes) ?? 0n) + (votes.get(no) ?? 0n)) / 2n + 1n

/** Yes needs more than half of yes and no; a tie fails. */
function yesOrNo(rules: Rules, sums: Sums): Elected {
  const [yes = '', no = ''] = rules.candidates
  const threshold = half(rules, sums)
  const isYes = (sums.votes.get(yes) ?? 0n) >= threshold
  const chosen = isYes ? yes : no
  const params = { votes: String(sums.votes.get(yes) ?? 0n), threshold: String(threshold) }
  return { elected: [chosen], reasons: [{ code: isYes ? 'reached-threshold' : 'too-few', candidates: [yes], params }] }
}

/** Those with most votes, as many as there are seats. Without a single vote nobody is elected. */
function most({ seats }: Rules, field: Field, { votes }: Sums, ties: Ties): Elected {
  const elected: string[] = []
  const reasons: Reason[] = []
  let left = [...votes].filter(([name, count]) => count > 0n && field.numberOf.get(name) !== field.writeIns)
  while (elected.length < seats && left.length) {
    const highest = left.reduce((high, [, count]) => (count > high ? count : high), 0n)
    const first = left.filter(([, count]) => count === highest).map(([name]) => name)
    const isTie = first.length > seats - elected.length
    const chosen = isTie ? ties.settle({ round: 1, for: 'elected', among: first, had: () => 0n }) : undefined
    if (isTie && chosen === undefined) return { elected: [], reasons: [] }
    const group = chosen === undefined ? first : [chosen]
    elected.push(...group)
    left = left.filter(([name]) => !group.includes(name))
    const among = isTie ? { among: first } : {}
    for (const name of group) {
      const params = { votes: String(highest), threshold: '1', count: seats, ...among }
      reasons.push({ code: isTie ? 'won-tie' : 'most-votes', candidates: [name], params })
    }
  }
  return { elected, reasons }
}
