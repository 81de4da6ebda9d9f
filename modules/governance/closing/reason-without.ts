import { sql } from 'kysely'
import type { Context } from '@commonhall/kernel'

/** Why ballots are counted although not all papers came back; null while nobody said so. */
export async function reasonWithout({ db }: Pick<Context, 'db'>, election: string): Promise<string | null> {
  const { rows } = await sql<{ reason: string | null }>`
    select counters ->> 'not_back_because' as reason from governance.election where id = ${election}`.execute(db)
  return rows[0]?.reason ?? null
}
