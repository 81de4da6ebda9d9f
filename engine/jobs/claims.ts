import { ClaimLost } from './failure.ts'

/** Whatever runs a statement: a pool, or the connection of a transaction. */
export interface Asks {
  query(text: string, values: unknown[]): Promise<{ rows: Record<string, unknown>[]; rowCount?: number | null }>
}

/** One run of one job, that this worker has taken. The count tells this taking from any other. */
export interface Claim {
  readonly name: string
  readonly id: string
  readonly retryCount: number
  readonly data: Record<string, unknown>
}

const ours = "name = $1 and id = $2 and state = 'active' and retry_count = $3"

const settled = `update queue.job set state = 'completed', completed_on = clock_timestamp() where ${ours} returning id`

/**
 * Notes that the job is done. In the job's own transaction, what it has written and this note stand or fall together:
 * whoever finds the job taken by another writes nothing.
 */
export async function complete(asks: Asks, { name, id, retryCount }: Claim): Promise<void> {
  const { rows } = await asks.query(settled, [name, id, retryCount])
  if (!rows.length) throw new ClaimLost('Another has taken this job, or it was taken back.')
}

/** Another job waits under the same key, which will do the same work. */
const anotherWaits = `exists (select from queue.job w where w.name = j.name and w.singleton_key = j.singleton_key
  and w.state < 'active' and w.id <> j.id and w.policy is distinct from 'key_strict_fifo')`

/**
 * Puts a job back in its place, to be taken in so many seconds; that it was taken does not count as a try. As `retry`,
 * and not as `created`, it holds its place in front of what must come after it.
 */
export async function putOff(asks: Asks, { name, id, retryCount }: Claim, seconds: number): Promise<void> {
  await asks.query(
    `update queue.job j set started_on = null, heartbeat_on = null,
      state = case when ${anotherWaits} then 'completed' else 'retry' end::queue.job_state,
      completed_on = case when ${anotherWaits} then now() end,
      start_after = now() + $4 * interval '1 second', keep_until = greatest(keep_until, now() + interval '1 year')
    where ${ours}`,
    [name, id, retryCount, seconds],
  )
}

/** Lets a failed job go whose work another one will do that already waits under its key. Answers whether it did. */
export async function giveWay(asks: Asks, { name, id, retryCount }: Claim): Promise<boolean> {
  const { rows } = await asks.query(
    `update queue.job j set state = 'completed', completed_on = now() where ${ours} and singleton_key is not null
      and ${anotherWaits} returning id`,
    [name, id, retryCount],
  )
  return rows.length > 0
}

/** Says of all that this process has in hand that it is still at it. */
export async function stillAtIt(asks: Asks, claims: readonly Claim[]): Promise<void> {
  await asks.query(
    `update queue.job j set heartbeat_on = now() from unnest($1::text[], $2::uuid[], $3::int[]) as c (name, id, n)
    where j.name = c.name and j.id = c.id and j.state = 'active' and j.retry_count = c.n`,
    [claims.map(({ name }) => name), claims.map(({ id }) => id), claims.map(({ retryCount }) => retryCount)],
  )
}

/** What is in the hands of nobody any more: its worker has said nothing for so many seconds. */
export async function leftBehind(asks: Asks, queues: readonly string[], seconds: number): Promise<Claim[]> {
  const { rows } = await asks.query(
    `select name, id, retry_count as "retryCount", data from queue.job
    where name = any($1) and state = 'active' and group_id is not null
      and heartbeat_on < now() - $2 * interval '1 second'`,
    [queues, seconds],
  )
  return rows as unknown as Claim[]
}

/** The queues that have something to be done now. */
export async function dueQueues(asks: Asks, queues: readonly string[]): Promise<string[]> {
  const { rows } = await asks.query(
    `select q.name from unnest($1::text[]) as q (name) where exists (select from queue.job j where j.name = q.name
      and j.state < 'active' and not j.blocked and j.start_after <= now())`,
    [queues],
  )
  return rows.map(({ name }) => String(name))
}

/** What was put off while its org was suspended may run again. Answers the queues that it is in. */
export async function takeUp(asks: Asks): Promise<string[]> {
  const { rows } = await asks.query(
    `update queue.job j set start_after = now() where state = 'retry' and started_on is null and start_after > now()
      and group_id in (select id::text from foundation.orgs_with('foundation')) returning name`,
    [],
  )
  return [...new Set(rows.map(({ name }) => String(name)))]
}
