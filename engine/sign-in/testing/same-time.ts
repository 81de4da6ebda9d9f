/** Within so many tries of each no limit is met. */
const mostTries = 4

/** A machine that does much else gets more tries until the two are alike, and no more than so many times as many. */
const mostRounds = 6
const alike = (ratio: number) => ratio > 0.8 && ratio < 1.25

/**
 * How much longer the one takes than the other: the median of the ratios of many pairs, each timed back to back and
 * turned about half of the time, so that whatever else the machine does falls on both alike. Where it does not seem so,
 * more pairs are timed: what was chance goes, and a real difference stays.
 */
export async function ratioOfTimes(
  one: (round: number) => Promise<unknown>,
  other: (round: number) => Promise<unknown>,
  forget: () => Promise<unknown>,
  pairs = 32,
  most = mostRounds,
): Promise<number> {
  const ratios: number[] = []
  do {
    for (let round = 0; round < pairs; round++) {
      if (round % mostTries === 0) await forget()
      const early = round % 2 ? await timed(() => one(round)) : null
      const right = await timed(() => other(round))
      ratios.push((early ?? (await timed(() => one(round)))) / right)
    }
  } while (!alike(median(ratios)) && ratios.length < most * pairs)
  return median(ratios)
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}
