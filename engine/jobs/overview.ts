import { addWords, hasWords, say } from '@commonhall/kernel'
import { type Asks } from './claims.ts'
import type { KeptFailure } from './failure.ts'
import { words } from './words/en.ts'

addWords('jobs', words)

/** How one queue is doing. */
export interface QueueState {
  readonly name: string
  readonly label: string
  /** Could run now, wait for their time or their turn to be tried again, run, and wait for an operator. */
  readonly waiting: number
  readonly delayed: number
  readonly running: number
  readonly failed: number
  /** How long the oldest that could run has been waiting; null when none is. */
  readonly oldest_seconds: number | null
  readonly done_last_hour: number
}

/** A job that failed at its last try. What is in it is not told: it may name people. */
export interface DeadLetter {
  readonly id: string
  readonly queue: string
  readonly label: string
  /** Null for work of the house. */
  readonly org: { readonly id: string; readonly slug: string; readonly name: string } | null
  /** Who was to hear of an event, in the queue of deliveries. */
  readonly subscriber: string | null
  readonly tries: number
  readonly queued_at: string
  readonly failed_at: string
  /** When it is thrown away. */
  readonly kept_until: string
  readonly error: KeptFailure
  /** Deliveries about the same record that wait until this one is tried again or thrown away. */
  readonly holds_up: number
}

export interface DeadLettersAsked {
  readonly queue?: string
  /** From the answer before: what comes behind that. */
  readonly after?: string
  readonly limit: number
}

export interface DeadLetters {
  readonly data: readonly DeadLetter[]
  readonly next: string | null
}

/** What a queue is called on screen, from what is true when its work is done: `sign-in.reset-link-mailed`. */
export function labelOf(name: string): string {
  if (hasWords(`jobs:${name}`)) return say(`jobs:${name}`)
  const words = (name.split('.')[1] ?? name).replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** What goes on in the queues `$1`. */
export const queueStatesSql = `select name,
      count(*) filter (where state < 'active' and start_after <= now())::integer as waiting,
      count(*) filter (where state < 'active' and start_after > now())::integer as delayed,
      count(*) filter (where state = 'active')::integer as running,
      count(*) filter (where state = 'failed')::integer as failed,
      extract(epoch from now() - min(start_after) filter (where state < 'active' and start_after <= now()))::float8
        as oldest_seconds,
      count(*) filter (where state = 'completed' and completed_on > now() - interval '1 hour')::integer
        as done_last_hour
    from queue.job where name = any($1) group by name`

/** All queues in their order, those in which nothing is going on too. */
export async function queueStates(asks: Asks, names: readonly string[]): Promise<QueueState[]> {
  const { rows } = await asks.query(queueStatesSql, [names])
  return inTheirOrder(rows as unknown as QueueState[], names)
}

export function inTheirOrder(rows: readonly QueueState[], names: readonly string[]): QueueState[] {
  const none = { waiting: 0, delayed: 0, running: 0, failed: 0, oldest_seconds: null, done_last_hour: 0 }
  const found = new Map(rows.map((row) => [row.name, row]))
  return names.map((name) => ({ ...none, ...found.get(name), name, label: labelOf(name) }))
}

/** What waits for an operator, the latest first. */
export async function deadLetters(asks: Asks, names: readonly string[], asked: DeadLettersAsked): Promise<DeadLetters> {
  const [time, id] = asked.after?.split('_') ?? []
  const { rows } = await asks.query(
    `select j.id, j.name as queue, j.retry_count + 1 as tries, j.output as error,
      case when o.id is not null then jsonb_build_object('id', o.id, 'slug', o.slug, 'name', o.name) end as org,
      j.data -> 'payload' ->> 'subscriber' as subscriber, j.created_on as queued_at, j.completed_on as failed_at,
      j.completed_on + j.deletion_seconds * interval '1 second' as kept_until,
      (extract(epoch from j.completed_on) * 1000000)::bigint::text || '_' || j.id as mark,
      (select count(*)::integer from queue.job b where j.policy = 'key_strict_fifo' and b.name = j.name
        and b.singleton_key = j.singleton_key and b.state < 'active') as holds_up
    from queue.job j left join lateral foundation.find_org(j.data ->> 'org') o on true
    where j.state = 'failed' and j.name = any($1)
      and ($2::bigint is null or ((extract(epoch from j.completed_on) * 1000000)::bigint, j.id) < ($2, $3::uuid))
    order by (extract(epoch from j.completed_on) * 1000000)::bigint desc, j.id desc limit $4`,
    [asked.queue ? [asked.queue] : names, time ?? null, id ?? null, asked.limit + 1],
  )
  const page = rows.slice(0, asked.limit)
  return {
    data: page.map(({ mark: _mark, ...row }) => letterOf(row)),
    next: rows.length > page.length ? String(page.at(-1)?.['mark']) : null,
  }
}

const letterOf = ({ queue, error, ...row }: Record<string, unknown>) =>
  ({
    ...row,
    queue,
    label: labelOf(String(queue)),
    // What the library itself notes, of a run that no worker ended, has another shape.
    error: (error as KeptFailure | null)?.type ? error : { type: 'WorkerLost', at: [] },
  }) as unknown as DeadLetter

/** Tries dead letters again, with all their tries. Answers how many. */
export async function retryAgain(asks: Asks, queue: string, ids: readonly string[]): Promise<number> {
  const { rows } = await asks.query('select from foundation.retry_jobs($1, $2::uuid[])', [queue, ids])
  return rows.length
}

/** Throws dead letters away. Answers how many. */
export async function discard(asks: Asks, queue: string, ids: readonly string[]): Promise<number> {
  const { rows } = await asks.query('select from foundation.discard_jobs($1, $2::uuid[])', [queue, ids])
  return rows.length
}
