import { sql } from 'kysely'
import { defineJob } from '@commonhall/kernel'

/**
 * What was read is kept for 90 days, and what nobody has read for 400: long enough to look it up a year later. What
 * only went by mail is done when it went. A reminder is noted until its date is two years past, for dates are moved.
 */
export const forgetOldNotifications = defineJob('foundation.old-notifications-are-forgotten', {
  schedule: '25 3 * * *',
  async run(ctx) {
    await sql`delete from foundation.notification
      where read_at < now() - interval '90 days' or created_at < now() - interval '400 days'
        or (not in_inbox and created_at < now() - interval '90 days')`.execute(ctx.db)
    await sql`delete from foundation.reminded where day < current_date - 730`.execute(ctx.db)
  },
})
