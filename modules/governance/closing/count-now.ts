import { sql } from 'kysely'
import { defineRoute, field, refuse } from '@commonhall/kernel'
import { uncountedElection } from '../paper/of-election.ts'
import { countWhenReady } from './count-when-ready.ts'
import { missingOf, sayMissing } from './missing.ts'
import { tallyOfPapers } from './tally-of-papers.ts'

/** Has ballots counted although papers that were given out did not come back. The reason is published with the box. */
export const countNow = defineRoute({
  method: 'POST',
  path: '/elections/{id}/count',
  summary: 'Count without the papers that did not come back',
  rule: 'governance.election.count',
  params: { id: field.ref('governance.election', { required: true }) },
  body: { reason: field.text({ required: true, min: 3, max: 500 }) },
  reply: { type: 'object', required: ['counted'], properties: { counted: { type: 'boolean' } } },
  async run(ctx, { params: { id }, body: { reason } }) {
    await uncountedElection(ctx, id, 'update')
    const [missing] = missingOf(await tallyOfPapers(ctx, id), true)
    if (missing) refuse('conflict', sayMissing(missing))
    await sql`update governance.election set version = version + 1, updated_at = now(),
        counters = coalesce(counters, '{}') || jsonb_build_object('not_back_because', ${reason}::text)
      where id = ${id}`.execute(ctx.db)
    await countWhenReady(ctx, id)
    return { counted: false }
  },
})
