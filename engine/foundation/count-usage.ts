import { sql } from 'kysely'
import { defineJob } from '@commonhall/kernel'

/** Counts what an org has, every night: a host sees these numbers, and nothing of what they count. */
export const countUsage = defineJob('foundation.count-usage', {
  schedule: '40 2 * * *',
  async run(ctx) {
    await sql`select foundation.count_usage()`.execute(ctx.db)
  },
})
