import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { refuse } from '@commonhall/kernel'
import type { Count } from '../counting/index.ts'

/** What the worker is told: ballots in pieces, then what to count. */
export type Asked =
  | { readonly texts: readonly string[] }
  | { readonly contests: readonly { readonly id: string; readonly counting: unknown }[] }

export type Told = { readonly counts: readonly Count[] } | { readonly code: string; readonly detail: string }

/** Counts every contest in a thread of its own. @throws Refusal where rules contradict themselves. */
export async function countApart(
  texts: AsyncIterable<readonly string[]>,
  contests: Extract<Asked, { contests: unknown }>['contests'],
): Promise<readonly Count[]> {
  const worker = new Worker(new URL('count-worker.ts', import.meta.url))
  try {
    const answer = once(worker, 'message') as Promise<[Told]>
    // Heard here too, for it may fail while ballots are still on their way.
    answer.catch(() => {})
    for await (const some of texts) worker.postMessage({ texts: some } satisfies Asked, [])
    worker.postMessage({ contests } satisfies Asked, [])
    const [told] = await answer
    return 'counts' in told ? told.counts : refuse(told.code, told.detail)
  } finally {
    await worker.terminate()
  }
}
