import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { client } from './client.ts'
import { call } from './http.ts'

export interface QueueState {
  readonly name: string
  readonly label: string
  readonly waiting: number
  readonly delayed: number
  readonly running: number
  readonly failed: number
  readonly oldest_seconds: number | null
  readonly done_last_hour: number
}

/** A job that failed at its last try: its kind and its place, and not a word of what is in it. */
export interface FailedJob {
  readonly id: string
  readonly queue: string
  readonly label: string
  readonly org: { readonly id: string; readonly slug: string; readonly name: string } | null
  readonly subscriber: string | null
  readonly tries: number
  readonly queued_at: string
  readonly failed_at: string
  readonly kept_until: string
  readonly error: {
    readonly type: string
    readonly code?: string
    readonly constraint?: string
    readonly at: readonly string[]
  }
  readonly holds_up: number
}

export interface Schedule {
  readonly queue: string
  readonly label: string
  readonly cron: string
  readonly orgs: number | null
  readonly next_at: string
}

interface Failures {
  readonly data: readonly FailedJob[]
  readonly page: { readonly next: string | null }
}

const rhythm = 4000

export const queuesQuery = queryOptions({
  queryKey: ['host', 'jobs', 'queues'],
  queryFn: ({ signal }) => call<{ data: readonly QueueState[] }>('GET', '/host/jobs/queues', { signal }),
  select: ({ data }) => data,
  refetchInterval: rhythm,
})

export const failuresQuery = (queue: string) =>
  infiniteQueryOptions({
    queryKey: ['host', 'jobs', 'failures', queue],
    queryFn: ({ pageParam, signal }) =>
      call<Failures>('GET', '/host/jobs/failures', { query: { queue, limit: 25, after: pageParam }, signal }),
    initialPageParam: '',
    getNextPageParam: (last: Failures) => last.page.next ?? undefined,
    refetchInterval: rhythm,
  })

export const schedulesQuery = queryOptions({
  queryKey: ['host', 'jobs', 'schedules'],
  queryFn: ({ signal }) => call<{ data: readonly Schedule[] }>('GET', '/host/jobs/schedules', { signal }),
  select: ({ data }) => data,
  refetchInterval: 30_000,
})

export type Settling = 'retry' | 'discard'

/** Some jobs, or all that failed in a queue. */
export type Settled = readonly FailedJob[] | { readonly queue: string }

/** Tries failed jobs again or throws them away. Answers how many there were. */
export async function settle(act: Settling, which: Settled): Promise<number> {
  const bodies = 'queue' in which ? [{ queue: which.queue, all: true }] : bodiesOf(which)
  let count = 0
  try {
    for (const body of bodies)
      count += (await call<{ count: number }>('POST', `/host/jobs/failures/${act}`, { body })).count
  } finally {
    await client.invalidateQueries({ queryKey: ['host', 'jobs'] })
    void client.invalidateQueries({ queryKey: ['host', 'acts'] })
  }
  return count
}

const most = 200

/** Each call is about one queue, and about so many of its jobs. */
const bodiesOf = (jobs: readonly FailedJob[]) =>
  [...Map.groupBy(jobs, ({ queue }) => queue)].flatMap(([queue, ofQueue]) =>
    Array.from({ length: Math.ceil(ofQueue.length / most) }, (_, index) => ({
      queue,
      ids: ofQueue.slice(index * most, (index + 1) * most).map(({ id }) => id),
    })),
  )
