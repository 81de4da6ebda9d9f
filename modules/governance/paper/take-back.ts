import { sql } from 'kysely'
import { defineRoute, field, refuse, say } from '@commonhall/kernel'
import { paperReply } from './add-paper.ts'
import { heldPaper } from './of-paper.ts'

/** Whoever entered a paper under a wrong number takes it back, while nobody has entered it besides. */
export const takeBackEntry = defineRoute({
  method: 'POST',
  path: '/paper-ballots/{id}/take-back',
  summary: 'Take back what one entered of a paper',
  rule: 'governance.paper-ballot.take-back',
  params: { id: field.ref('governance.paper-ballot', { required: true }) },
  reply: paperReply,
  async run(ctx, { params: { id } }) {
    const paper = await heldPaper(ctx, id, { closed: true })
    if (paper.state !== 'entered' || paper.first_by !== ctx.actor.userId)
      refuse('conflict', say('governance:closing.not_yours_alone'))
    await sql`delete from governance.paper_ballot where id = ${id}`.execute(ctx.db)
    return { id, number: paper.number, state: paper.state }
  },
})
