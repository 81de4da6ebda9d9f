import { sql } from 'kysely'
import { defineRoute, field, refuse, say } from '@commonhall/kernel'
import { drawRoll } from './draw.ts'

const count = { type: 'integer', minimum: 0 } as const

/** Draws the roll again as it is today, until voting opens and it is frozen. */
export const drawRollAgain = defineRoute({
  method: 'POST',
  path: '/elections/{id}/draw-roll',
  summary: 'Draw the roll again',
  rule: 'governance.election.run',
  params: { id: field.ref('governance.election', { required: true }) },
  reply: {
    type: 'object',
    required: ['eligible', 'not_eligible'],
    properties: { eligible: count, not_eligible: count },
  },
  async run(ctx, { params: { id } }) {
    const election = await ctx.db
      .selectFrom('governance.election')
      .select(['id', 'state', 'rule_set', 'record_on', 'opens_at'])
      .where('id', '=', id)
      .forUpdate()
      .executeTakeFirst()
    if (!election) return refuse('not_found', say('governance:held.no_election'))
    if (election.state !== 'published') refuse('conflict', say('governance:roll.closed'))
    const rules = await drawRoll(ctx, election, ctx.today)
    if (!rules) refuse('conflict', say('governance:ready.rules_not_in_force', { day: ctx.today }))
    const { rows } = await sql<{ eligible: number; not_eligible: number }>`
      select (count(*) filter (where eligible))::int as eligible,
        (count(*) filter (where not eligible))::int as not_eligible
      from governance.voter where election = ${id}::uuid`.execute(ctx.db)
    return rows[0]
  },
})
