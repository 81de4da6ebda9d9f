import { createHash } from 'node:crypto'
import type { Count } from '../counting/index.ts'
import type { ContestOnBallot } from './contests.ts'
import type { Counters } from './tally-of-papers.ts'

/** What the box says of its election before the ballots. */
export interface BoxHead {
  readonly organization: { readonly slug: string; readonly name: string }
  readonly election: Readonly<Record<'id' | 'name' | 'kind' | 'opened_at' | 'closed_at', string | null>>
  readonly rules: unknown
  readonly seed: string | null
  readonly key: string | null
  readonly key_fingerprint: string | null
  readonly contests: readonly (Pick<ContestOnBallot, 'id' | 'name' | 'candidates'> & { readonly counting: unknown })[]
  readonly counters: Counters & { readonly not_back_because?: string }
}

/** A ballot as it stands in the box. */
export interface BoxBallot {
  readonly origin: 'online' | 'paper'
  readonly token: string | null
  readonly prefix: string | null
  readonly signature: string | null
  readonly ballot: string
  readonly ballot_signature: string | null
  readonly receipt: string
}

/** Raised when the lines change: whoever reads them must know which these are. */
export const boxFormat = 'commonhall-box/1'

const line = (record: string, rest: object) => `${JSON.stringify({ record, ...rest })}\n`

export const headLine = (head: BoxHead) => line('election', { format: boxFormat, ...head })

export function ballotLine({ origin, ballot, receipt, ...proofs }: BoxBallot): string {
  if (origin === 'paper') return line('ballot', { origin, ballot, receipt })
  const { token, prefix, signature, ballot_signature } = proofs
  return line('ballot', { origin, token, prefix, signature, ballot, ballot_signature, receipt })
}

export const resultLines = (results: readonly { readonly contest: string; readonly count: Count }[]) =>
  results.map((one) => line('result', one)).join('')

export const sealLine = (seal: string) => line('seal', { sha256: seal })

/** Everything before the seal, piece by piece. */
export async function* beforeSeal(
  { head, results }: { readonly head: string; readonly results: string },
  ballots: AsyncIterable<BoxBallot>,
): AsyncGenerator<string> {
  yield head
  for await (const one of ballots) yield ballotLine(one)
  yield results
}

/** The seal: SHA-256 over every line before it, in hexadecimal digits. */
export async function sealOf(lines: AsyncIterable<string>): Promise<string> {
  const hash = createHash('sha256')
  for await (const one of lines) hash.update(one, 'utf8')
  return hash.digest('hex')
}
