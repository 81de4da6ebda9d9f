import { sql } from 'kysely'
import { defineJob } from '@commonhall/kernel'

/** Replies kept for repeated requests are good for a day. */
export const forgetOldKeys = defineJob('foundation.forget-old-keys', {
  schedule: '15 3 * * *',
  async run(ctx) {
    await sql`delete from foundation.idempotency_key where created_at < now() - interval '24 hours'`.execute(ctx.db)
  },
})
