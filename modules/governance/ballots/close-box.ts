import { sql } from 'kysely'
import type { Context } from '@commonhall/kernel'

/**
 * Takes the key out for good and rewrites box and roll in random order. For an election that is no longer open: as it
 * closes, and once more when papers were put in.
 */
export async function closeBox(ctx: Pick<Context, 'db'>, election: string): Promise<void> {
  await sql`select governance.close_box(${election})`.execute(ctx.db)
}
