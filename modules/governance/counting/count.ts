import type { Ballots } from './ballot.ts'
import { fieldOf } from './field.ts'
import { countOnce } from './one-round.ts'
import { packed } from './pack.ts'
import type { Count, Tabulation } from './result.ts'
import type { Rules } from './rules.ts'
import { RankedCount } from './tabulation.ts'

/**
 * Counts ballots by rules: a pure function, exact to the last digit, and the same whatever the order of the ballots.
 * @throws Refusal `invalid_rules` or `invalid_ballot`, with a sentence.
 */
export function count(rules: Rules, ballots: Ballots): Count {
  switch (rules.method) {
    case 'irv-sequential':
      return sequential(rules, ballots)
    case 'irv':
    case 'stv':
    case 'bottoms-up':
    case 'bottoms-up-percentage':
      return new RankedCount(rules, fieldOf(rules), packed(ballots)).run()
    default:
      return countOnce(rules, ballots)
  }
}

/** One count by instant run-off for each seat; those who have one are left out as if they were excluded. */
function sequential(rules: Rules, ballots: Ballots): Count {
  const rows = packed(ballots)
  const one: Rules = { ...rules, seats: 1 }
  const winners: string[] = []
  const passes: Tabulation[] = []
  for (let pass = 1; pass <= rules.seats; pass++) {
    const { asks, ...tabulation } = new RankedCount(one, fieldOf(rules, winners), rows, pass).run()
    passes.push(tabulation)
    if (asks) return { winners, passes, asks }
    if (!tabulation.winners.length) break
    winners.push(...tabulation.winners)
  }
  return { winners, passes }
}
