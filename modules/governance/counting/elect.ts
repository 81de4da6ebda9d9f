import type { Reason, ReasonCode } from './result.ts'
import type { Decision, RankedCount } from './tabulation.ts'
import { thresholdText } from './threshold.ts'

const nobody: Decision = { who: [], reasons: [] }

/** Who is elected in this round; nobody, where somebody must be eliminated first. */
export function elect(count: RankedCount): Decision {
  switch (count.rules.method) {
    case 'irv':
    case 'irv-sequential':
      return count.winners.length ? nobody : majority(count)
    case 'stv':
      return count.writeInsHoldVotes || !count.openSeats ? nobody : transferable(count)
    case 'bottoms-up':
      return count.writeInsHoldVotes || count.continuing.length > count.openSeats
        ? nobody
        : decided(count, 'remains', eligible(count))
    default:
      return count.writeInsHoldVotes ? nobody : allAbove(count)
  }
}

/** The write-in group can never win. */
const eligible = (count: RankedCount) => count.continuing.filter((number) => number !== count.field.writeIns)

const over = (count: RankedCount) => eligible(count).filter((number) => count.tallyOf(number) >= count.threshold.units)

function majority(count: RankedCount): Decision {
  const winners = over(count)
  if (winners.length) return decided(count, 'reached-threshold', winners)
  if (count.continuing.length > 2 || count.writeInsHoldVotes || belowMinimum(count).length) return nobody
  return highest(count, eligible(count), 'leads-last-two')
}

function transferable(count: RankedCount): Decision {
  const fills = count.continuing.length <= count.openSeats
  const winners = fills ? eligible(count) : over(count)
  if (!winners.length) return nobody
  if (count.rules.winners_per_round === 'one') {
    return highest(count, winners, fills ? 'fills-seats' : 'reached-threshold')
  }
  return decided(count, fills ? 'fills-seats' : 'reached-threshold', winners)
}

function allAbove(count: RankedCount): Decision {
  const reach = count.continuing.every((number) => {
    const votes = count.tallyOf(number)
    return votes > 0n && votes >= count.threshold.units
  })
  return reach ? decided(count, 'reached-threshold', eligible(count)) : nobody
}

/** The one with the most votes; a tie is settled by the rules. */
function highest(count: RankedCount, among: readonly number[], code: ReasonCode): Decision {
  const most = among.reduce((votes, number) => (count.tallyOf(number) > votes ? count.tallyOf(number) : votes), -1n)
  const first = among.filter((number) => count.tallyOf(number) === most)
  if (first.length < 2) return decided(count, code, first)
  const chosen = count.settle('elected', first)
  return chosen === undefined ? nobody : decided(count, 'won-tie', [chosen], first)
}

function decided(count: RankedCount, code: ReasonCode, who: readonly number[], among?: readonly number[]): Decision {
  const threshold = thresholdText(count.threshold, count.places)
  const reasons = who.map((number): Reason => {
    // Whoever fills the last seats may well have enough.
    const isEnough = code === 'fills-seats' && count.tallyOf(number) >= count.threshold.units
    const tied = among ? { among: among.map((one) => count.nameOf(one)) } : {}
    return {
      code: isEnough ? 'reached-threshold' : code,
      candidates: [count.nameOf(number)],
      params: { votes: count.textOf([number]), threshold, ...tied },
    }
  })
  return { who, reasons }
}

/** Who had fewer first choices than the rules ask for, and is still in. */
export function belowMinimum(count: RankedCount): number[] {
  const minimum = BigInt(count.rules.minimum_first_round_votes) * count.one
  return count.continuing.filter((number) => (count.history[0]?.[number] ?? 0n) < minimum)
}
