import type pg from 'pg'
import { withClient } from '../database/provision.ts'
import type { TestHouse } from './house.ts'

/** Runs SQL as somebody whom row-level security does not bind: to look behind the scenes. */
export async function asOwner<Row extends pg.QueryResultRow>(
  { ground }: TestHouse,
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> {
  return await withClient(ground.ownerUrl, async (client) => (await client.query<Row>(sql, values)).rows)
}

/** Runs SQL as the server's role, in the org named by its id or in none: what an injected query could do. */
export async function asServer<Row extends pg.QueryResultRow>(
  { ground }: TestHouse,
  org: string | null,
  sql: string,
  values: unknown[] = [],
) {
  return await withClient(ground.appUrl, async (client) => {
    await client.query('begin')
    if (org !== null) await client.query("select set_config('app.org', $1, true)", [org])
    return await client.query<Row>(sql, values)
  })
}

/**
 * Holds what a query locks while some work goes on, as somebody else's open transaction would. The work can ask how
 * many wait for it.
 */
export async function holding<Value>(
  house: TestHouse,
  sql: string,
  work: (waiting: () => Promise<number>) => Promise<Value>,
): Promise<Value> {
  return await withClient(house.ground.ownerUrl, async (client) => {
    await client.query('begin')
    await client.query(sql)
    const value = await work(async () => {
      // Inside a transaction, what others are doing is told as it was when it was first asked.
      await client.query('select pg_stat_clear_snapshot()')
      const { rows } = await client.query(
        "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
      )
      return rows.length
    })
    await client.query('rollback')
    return value
  })
}
