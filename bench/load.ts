import autocannon from 'autocannon'
import { median } from './line.ts'

/** What is asked for, over and over. */
export interface Target {
  readonly url: string
  readonly paths: readonly string[]
  readonly headers?: Readonly<Record<string, string>>
}

export interface Round {
  readonly perSecond: number
  /** Milliseconds. */
  readonly p50: number
  readonly p99: number
}

const connections = 50
const warmUpSeconds = 2
const roundSeconds = 3
const rounds = 4

/** Loads two servers in turn, so that whatever else the machine does hits both alike. */
export async function compare(a: Target, b: Target): Promise<{ readonly a: readonly Round[]; readonly b: readonly Round[] }> {
  await load(a, warmUpSeconds)
  await load(b, warmUpSeconds)
  const found = { a: [] as Round[], b: [] as Round[] }
  for (let round = 0; round < rounds; round++) {
    // Whoever comes second finds warmer caches: they take turns at that too.
    const order = round % 2 ? (['b', 'a'] as const) : (['a', 'b'] as const)
    for (const who of order) found[who].push(await load(who === 'a' ? a : b, roundSeconds))
  }
  return found
}

export const middle = (figures: readonly Round[], of: (round: Round, index: number) => number): number => median(figures.map(of))

async function load({ url, paths, headers = {} }: Target, seconds: number): Promise<Round> {
  const result = await autocannon({ url, connections, duration: seconds, headers, requests: paths.map((path) => ({ path })) })
  const failed = result.non2xx + result.errors + result.timeouts
  if (failed || !result['2xx']) throw new Error(`${url}${paths[0]}: ${failed} of ${result.requests.total} requests failed.`)
  return { perSecond: result['2xx'] / result.duration, p50: result.latency.p50, p99: result.latency.p99 }
}
