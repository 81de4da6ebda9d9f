import { sql } from 'kysely'
import { type Context, refuseField, say } from '@commonhall/kernel'

export const paperReply = {
  type: 'object',
  required: ['id', 'number', 'state'],
  properties: {
    id: { type: 'string', format: 'uuid' },
    number: { type: 'string' },
    state: {
      type: 'string',
      enum: ['entered', 'differs', 'agreed', 'void', 'spoiled', 'challenged', 'accepted', 'rejected'],
    },
  },
} as const

export interface NewPaper {
  readonly election: string
  readonly number: string
  readonly state: 'entered' | 'spoiled' | 'challenged'
  readonly reason?: string | null
}

/** @throws Refusal `conflict` where a paper of this election has the number already. */
export async function addPaper(ctx: Context, { election, number, state, reason = null }: NewPaper) {
  const { rows } = await sql<{ id: string }>`
    insert into governance.paper_ballot (election, number, state, first_by, reason)
    values (${election}, ${number}, ${state}, ${ctx.actor.userId}, ${reason})
    on conflict (org_id, election, number) do nothing returning id`.execute(ctx.db)
  const [row] = rows
  if (!row) return refuseField('number', 'not_unique', say('governance:closing.number_used', { number }), 'conflict')
  return { id: row.id, number, state }
}
