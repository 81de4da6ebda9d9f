import { say } from '@commonhall/kernel'
import type { Counters, Unsettled } from './tally-of-papers.ts'

/** Something that stands between the close of voting and its count. */
export interface Missing {
  readonly code: 'not_entered_twice' | 'differs' | 'undecided' | 'not_back' | 'too_many'
  readonly count: number
}

/** Fewer ballots than these, and a result says too much about each of them. */
export const fewest = 5

/** What must be settled before ballots are counted. Papers that did not come back hold it up until one says why. */
export function missingOf(tally: Counters & Unsettled, isWithout: boolean): Missing[] {
  const out = tally.paper_given + tally.challenged_accepted
  const back = tally.paper_counted + tally.void + tally.entered + tally.differs
  const found: Missing[] = [
    { code: 'not_entered_twice', count: tally.entered },
    { code: 'differs', count: tally.differs },
    { code: 'undecided', count: tally.undecided },
    { code: 'not_back', count: isWithout ? 0 : out - back },
    { code: 'too_many', count: back - out },
  ]
  return found.filter(({ count }) => count > 0)
}

export const sayMissing = ({ code, count }: Missing): string => say(`governance:closing.missing.${code}`, { count })

/** What people should know before they read the result. */
export function warningsOf({ cast, paper_counted: paper }: Pick<Counters, 'cast' | 'paper_counted'>): string[] {
  const ballots = cast + paper
  if (ballots < fewest) return [say('governance:closing.few', { count: ballots, fewest })]
  // The box tells of each ballot how it was cast, and the roll of each voter.
  const isFew = (count: number) => count > 0 && count < fewest
  return [
    ...(isFew(paper) ? [say('governance:closing.few_on_paper', { count: paper, fewest })] : []),
    ...(isFew(cast) ? [say('governance:closing.few_online', { count: cast, fewest })] : []),
  ]
}

/** What the office should know while there is time: how many have a ballot on paper, envelopes among them. */
export function warningsWhileVoting(given: Pick<Counters, 'paper_given' | 'challenged'>): string[] {
  const count = given.paper_given + given.challenged
  return count > 0 && count < fewest ? [say('governance:closing.few_given', { count, fewest })] : []
}
