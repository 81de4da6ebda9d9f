import { say } from '@commonhall/kernel'
import type { SealedBallot } from '../../ballots/check-token.ts'
import { BoothProblem } from './booth.ts'

/** Whoever sees only how long a request is, as a network does, must not tell a yes from a no. JSON allows blanks. */
export const padded = (text: string) => text.padEnd(Math.ceil(text.length / 4096) * 4096)

/** Sends a sealed ballot as nobody: no cookie, no token, no address of the page. */
export async function deliver(
  { fetch, org }: { readonly fetch: typeof globalThis.fetch; readonly org: string },
  election: string,
  sealed: SealedBallot,
): Promise<string> {
  const reply = await fetch(`/api/v1/orgs/${org}/elections/${election}/ballots`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: padded(JSON.stringify(sealed)),
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
    cache: 'no-store',
    redirect: 'error',
  }).catch(() => null)
  const said = await reply?.json().catch(() => null)
  if (reply?.ok && typeof said?.receipt === 'string') return said.receipt
  if (!reply || reply.status >= 500 || !said) throw unreachable()
  throw new BoothProblem(String(said.code), String(said.detail))
}

/** No answer, or none that tells: nobody knows whether it arrived, and sending it again does no harm. */
export const unreachable = () => new BoothProblem('unreachable', say('governance:ballot.booth.unreachable'))
