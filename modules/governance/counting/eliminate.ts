import { belowMinimum } from './elect.ts'
import type { Reason, ReasonCode } from './result.ts'
import type { Decision, RankedCount } from './tabulation.ts'
import { thresholdText } from './threshold.ts'

const nobody: Decision = { who: [], reasons: [] }

/** Who goes, where nobody is elected: the first of these ways that finds somebody. */
export function eliminate(count: RankedCount): Decision {
  const { continuing, rules } = count
  const isWon = rules.continue_until_two_remain && count.winners.length > 0
  if (!continuing.length || (isWon && continuing.length <= 2)) return isWon ? onlyTwo(count) : nobody
  if (rules.method === 'stv' && !count.openSeats) return nobody
  if (count.writeInsHoldVotes) return gone(count, 'write-ins', [count.field.writeIns])
  const tooFew = belowMinimum(count)
  if (tooFew.length) return gone(count, 'below-minimum', tooFew, { minimum: rules.minimum_first_round_votes })
  const low = rules.eliminate_all_below_threshold ? belowThreshold(count) : []
  if (low.length) return gone(count, 'below-threshold', low)
  const batch = rules.batch_elimination ? hopeless(count) : []
  return batch.length > 1 ? gone(count, 'batch', batch) : lowest(count)
}

/** All that are below the threshold, unless nobody else were left. */
function belowThreshold(count: RankedCount): number[] {
  const low = count.continuing.filter((number) => count.tallyOf(number) < count.threshold.units)
  return low.length < count.continuing.length ? low : []
}

/**
 * The largest group from the bottom that has together fewer votes than whoever comes next: not even with all of each
 * other's votes could one of them get ahead.
 */
function hopeless(count: RankedCount): number[] {
  const { continuing, rules } = count
  const ascending = continuing.toSorted((one, other) => compare(count.tallyOf(one), count.tallyOf(other)))
  const fewest = rules.continue_until_two_remain ? 2 : 1
  let sum = 0n
  let size = 0
  for (const [index, number] of ascending.entries()) {
    if (sum < count.tallyOf(number) && ascending.length - index >= fewest) size = index
    sum += count.tallyOf(number)
  }
  return ascending.slice(0, size).toSorted((one, other) => one - other)
}

const compare = (one: bigint, other: bigint) => (one < other ? -1 : one > other ? 1 : 0)

function lowest(count: RankedCount): Decision {
  const votes = count.continuing.map((number) => count.tallyOf(number))
  const fewest = votes.reduce((one, other) => (other < one ? other : one))
  const last = count.continuing.filter((number) => count.tallyOf(number) === fewest)
  if (last.length < 2) return gone(count, 'fewest-votes', last)
  const chosen = count.settle('eliminated', last)
  if (chosen === undefined) return nobody
  return gone(count, 'lost-tie', [chosen], { among: last.map((one) => count.nameOf(one)) })
}

function gone(count: RankedCount, code: ReasonCode, who: readonly number[], params: Reason['params'] = {}): Decision {
  const threshold = thresholdText(count.threshold, count.places)
  const candidates = who.map((number) => count.nameOf(number))
  return { who, reasons: [{ code, candidates, params: { votes: count.textOf(who), threshold, ...params } }] }
}

function onlyTwo(count: RankedCount): Decision {
  const candidates = count.continuing.map((number) => count.nameOf(number))
  return { who: [], reasons: [{ code: 'only-two-remain', candidates, params: {} }] }
}
