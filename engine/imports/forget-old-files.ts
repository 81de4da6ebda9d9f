import { sql } from 'kysely'
import { defineJob } from '@commonhall/kernel'

/** The rows of a file are needed to run it, and again after an undo; not for ever. */
export const forgetOldFiles = defineJob('foundation.forget-old-files', {
  schedule: '45 3 * * *',
  async run(ctx) {
    await sql`delete from foundation.import_chunk c using foundation.import i
      where i.org_id = c.org_id and i.id = c.import_id and i.updated_at < now() - interval '30 days'`.execute(ctx.db)
    // An upload that was never read to its end, because the server died under it.
    await sql`delete from foundation.import where state = 'reading' and created_at < now() - interval '1 day'`.execute(
      ctx.db,
    )
  },
})
