import { sql } from 'kysely'
import { defineRoute, field, refuse, refuseField, say } from '@commonhall/kernel'
import { uncountedElection } from '../paper/of-election.ts'
import { ballotsAreCounted } from './ballots-are-counted.ts'
import { openTies } from './counting-stands.ts'

/**
 * Says who is chosen in a tie that the rules leave to people, such as by a lot drawn in the meeting. It becomes one of
 * the rules of the contest, published with them, and the ballots are counted again with it.
 */
export const answerTie = defineRoute({
  method: 'POST',
  path: '/elections/{id}/ties',
  summary: 'Settle a tie at which the count has stopped',
  rule: 'governance.election.count',
  params: { id: field.ref('governance.election', { required: true }) },
  body: {
    contest: field.ref('governance.contest', { required: true }),
    round: field.count({ required: true, min: 1 }),
    pass: field.count({ min: 1 }),
    chosen: field.text({ required: true, max: 60, help: 'The id of one of those who are tied.' }),
    reason: field.text({ required: true, min: 3, max: 500, help: 'How it was settled.' }),
  },
  reply: { type: 'object', required: ['counted'], properties: { counted: { type: 'boolean' } } },
  async run(ctx, { params: { id }, body: { contest, round, pass, chosen, reason } }) {
    await uncountedElection(ctx, id, 'update')
    const ties = await openTies(ctx, id)
    const tie = ties.find((one) => one.contest === contest && one.round === round && one.pass === pass)
    if (!tie) return refuse('conflict', say('governance:closing.no_tie'))
    if (!tie.among.some((one) => one.id === chosen))
      refuseField('chosen', 'unknown_candidate', say('governance:closing.not_tied'))
    const answer = { round, ...(pass === null ? {} : { pass }), chosen, for: tie.for, reason }
    await sql`update governance.contest set version = version + 1, updated_at = now(), result = jsonb_build_object(
        'answers', coalesce(result -> 'answers', '[]') || ${JSON.stringify([answer])}::jsonb)
      where id = ${contest}`.execute(ctx.db)
    // The count goes on when the last of them is settled.
    if (ties.length === 1) await ctx.enqueue(ballotsAreCounted, { election: id })
    return { counted: false }
  },
})
