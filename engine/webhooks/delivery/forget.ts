import { sql } from 'kysely'
import { defineJob } from '@commonhall/kernel'

/** Messages are kept for a month: so far back can be looked and replayed. */
export const forgetOldMessages = defineJob('foundation.forget-old-messages', {
  schedule: '25 3 * * *',
  async run(ctx) {
    await sql`delete from foundation.webhook_delivery where created_at < now() - interval '30 days'`.execute(ctx.db)
    await sql`delete from foundation.webhook_secret where good_until < now()`.execute(ctx.db)
  },
})
