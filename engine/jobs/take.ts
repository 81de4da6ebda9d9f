import type { Db, PgBoss } from 'pg-boss'
import type { Claim } from './claims.ts'
import type { Lane } from './lane.ts'

/** Takes up to so many jobs of a queue, no more than its limits leave. */
export async function take(boss: PgBoss, lane: Lane, wanted: number): Promise<Claim[]> {
  const { name, limits } = lane
  if (limits.all === undefined && limits.perOrg === undefined)
    return await boss.fetch<Claim['data']>(name, { batchSize: wanted })
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
