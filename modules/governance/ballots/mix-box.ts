import { sql } from 'kysely'
import { defineJob, field } from '@commonhall/kernel'

const minutes = 5

/** When the box is rewritten next: often enough that a copy of the database shows the order of few, not of many. */
export const pauseBefore = (): string => new Date(Date.now() + minutes * 60_000).toISOString()

/**
 * While people vote, the box and the roll are rewritten in random order now and then, but only when something new came.
 * Whoever votes meanwhile waits for a moment; if others are at it for long, it is left for the next time.
 */
export const boxIsMixed = defineJob('governance.box-is-mixed', {
  fields: { election: field.ref('governance.election', { required: true }) },
  unique: ({ election }) => election,
  atOnce: { perOrg: 1 },
  async run(ctx, { election }) {
    await sql`select set_config('lock_timeout', '3s', true)`.execute(ctx.db)
    const { rows } = await sql<{ fresh: boolean; waits: boolean }>`
      select bool_or(number > mixed) as fresh,
        governance.is_voting(${election}) and max(number) filter (where counts = 'cast')
          < max(number) filter (where counts = 'issued') as waits
      from governance.box_count where election = ${election}`.execute(ctx.db)
    const [found] = rows
    if (found?.fresh) await sql`select governance.rewrite_box(${election})`.execute(ctx.db)
    // A ballot whose paper was taken may still come, and nobody else may take one after it.
    if (found?.waits) await ctx.enqueue(boxIsMixed, { election }, { startAfter: pauseBefore() })
  },
})
