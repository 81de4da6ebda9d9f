import type { Db, PgBoss } from 'pg-boss'
import type { Claim } from './claims.ts'
import type { Lane } from './lane.ts'

const sameKey = "b.name = j.name and b.singleton_key = j.singleton_key and b.policy = 'key_strict_fifo'"

/**
 * Takes the oldest jobs that are the first of their key, of keys under which none runs, waits for its next try, or is
 * dead. Each is looked up by itself: the library's own statement sorts all that waits each time that it takes some,
 * which after a change of many thousand records takes a second.
 */
const takeFirsts = `
  with next as (
    select j.id from queue.job_common j
    where j.name = $1 and j.state < 'active' and not j.blocked and j.start_after <= now()
      and j.id = (select b.id from queue.job_common b where ${sameKey} and b.state < 'active' and not b.blocked
        order by b.state desc, b.created_on, b.id limit 1)
      and (select count(*) from queue.job_common b
        where ${sameKey} and b.state in ('active', 'retry', 'failed') and b.id <> j.id) = 0
    order by j.priority desc, j.created_on limit $2 for update of j skip locked
  )
  update queue.job_common j set state = 'active', started_on = now(), heartbeat_on = now(),
    retry_count = retry_count + (started_on is not null)::integer
  from next where j.name = $1 and j.id = next.id
  returning j.id, j.name, j.data, j.retry_count as "retryCount"`

/** Takes up to so many jobs of a queue, no more than its limits leave. */
export async function take(boss: PgBoss, lane: Lane, wanted: number): Promise<Claim[]> {
  const { name, limits, ordered } = lane
  if (limits.all === undefined && limits.perOrg === undefined)
    return ordered
      ? ((await boss.getDb().executeSql(takeFirsts, [name, wanted])).rows as Claim[])
      : await boss.fetch<Claim['data']>(name, { batchSize: wanted })
  // Two who count at the same moment would each find room: one at a time.
  const transaction = await boss.getDb().beginTransaction?.()
  if (!transaction) throw new Error('The queue needs a connection of its own.')
  try {
    const claims = await takeLimited(boss, lane, wanted, transaction.db)
    await transaction.commit()
    return claims
  } catch (error) {
    await transaction.rollback()
    throw error
  }
}

async function takeLimited(boss: PgBoss, lane: Lane, wanted: number, db: Db): Promise<Claim[]> {
  const { name, limits } = lane
  await db.executeSql('select pg_advisory_xact_lock(hashtextextended($1, 0))', [`take ${name}`])
  const { rows } = await db.executeSql(
    "select count(*)::integer as running from queue.job where name = $1 and state = 'active'",
    [name],
  )
  const room = Math.min(wanted, (limits.all ?? Infinity) - (rows[0] as { running: number }).running)
  if (room < 1) return []
  const perOrg = limits.perOrg === undefined ? {} : { groupConcurrency: limits.perOrg }
  return await boss.fetch<Claim['data']>(name, { batchSize: room, ...perOrg, db })
}
