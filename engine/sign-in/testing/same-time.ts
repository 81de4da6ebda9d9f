/** Within so many tries of each no limit is met. */
const mostTries = 4

/**
 * How much longer the one takes than the other: the median of the ratios of many pairs, each timed back to back and
 * turned about half of the time, so that whatever else the machine does falls on both alike.
 */
export async function ratioOfTimes(
  one: (round: number) => Promise<unknown>,
  other: (round: number) => Promise<unknown>,
  forget: () => Promise<unknown>,
  pairs = 32,
): Promise<number> {
  const ratios: number[] = []
  for (let round = 0; round < pairs; round++) {
    if (round % mostTries === 0) await forget()
    const early = round % 2 ? await timed(() => one(round)) : null
    const right = await timed(() => other(round))
    ratios.push((early ?? (await timed(() => one(round)))) / right)
  }
  return ratios.toSorted((a, b) => a - b)[pairs / 2] ?? 0
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now()
  await work()
  return performance.now() - started
}
