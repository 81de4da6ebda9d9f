import autocannon, { type Request } from 'autocannon'
import { median } from './line.ts'

/** What is asked for, over and over. */
export interface Target {
  readonly url: string
  readonly requests: readonly Request[]
  readonly headers?: Readonly<Record<string, string>>
  /** Done before each round. */
  readonly before?: () => Promise<unknown>
}

export interface Round {
  readonly perSecond: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
}

const warmUpSeconds = 2
const roundSeconds = 2
const rounds = 6

/** Loads two targets in turn, so that whatever else the machine does hits both alike. */
export async function compare(a: Target, b: Target, connections = 50) {
  const found = { a: [] as Round[], b: [] as Round[] }
  for (const target of [a, b]) await load(target, connections, warmUpSeconds)
  for (let round = 0; round < rounds; round++) {
    // Whoever comes second finds warmer caches: they take turns at that too.
    const order = round % 2 ? (['b', 'a'] as const) : (['a', 'b'] as const)
    for (const who of order) found[who].push(await load(who === 'a' ? a : b, connections, roundSeconds))
  }
  return found
}

export const middle = (figures: readonly Round[], of: (round: Round) => number): number => median(figures.map(of))

/** The middle of the ratios of neighboring rounds. */
export const ratio = (a: readonly Round[], b: readonly Round[]): number =>
  median(a.map(({ perSecond }, index) => perSecond / (b[index]?.perSecond ?? 0)))

async function load(
  { url, requests, headers = {}, before }: Target,
  connections: number,
  duration: number,
): Promise<Round> {
  await before?.()
  const result = await autocannon({ url, connections, duration, headers, requests })
  const failed = result.non2xx + result.errors + result.timeouts
  if (failed || !result['2xx']) throw new Error(`${url}: ${failed} of ${result.requests.total} requests failed.`)
  return { perSecond: result['2xx'] / result.duration, p50: result.latency.p50, p99: result.latency.p99 }
}
