import { sql } from 'kysely'
import { defineJob } from '@commonhall/kernel'

/** What became of mail is kept for a year; what was never settled is given up after some days. */
export const forgetOldMail = defineJob('foundation.forget-old-mail', {
  schedule: '45 3 * * *',
  async run(ctx) {
    await sql`select foundation.forget_mail()`.execute(ctx.db)
  },
})
