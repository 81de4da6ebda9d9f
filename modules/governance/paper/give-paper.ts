import { sql } from 'kysely'
import { defineRoute, field, refuse, say } from '@commonhall/kernel'
import { votingElection } from './of-election.ts'
import { electionOfVoter, lockedVoter, refuseTaken } from './of-voter.ts'

export const voterReply = {
  type: 'object',
  required: ['id', 'taken', 'challenge'],
  properties: {
    id: { type: 'string', format: 'uuid' },
    taken: { type: 'string', enum: ['none', 'online', 'paper', 'challenged'] },
    challenge: { type: ['string', 'null'] },
  },
} as const

/** Somebody on the roll gets a ballot on paper, and from then on has none online. */
export const givePaper = defineRoute({
  method: 'POST',
  path: '/voters/{id}/paper',
  summary: 'Give a voter a ballot on paper',
  rule: 'governance.voter.give-paper',
  params: { id: field.ref('governance.voter', { required: true }) },
  reply: voterReply,
  async run(ctx, { params: { id } }) {
    await votingElection(ctx, await electionOfVoter(ctx, id))
    const voter = await lockedVoter(ctx, id)
    refuseTaken(voter)
    if (!voter.eligible) refuse('not_eligible', say('governance:closing.not_eligible', { name: voter.name }))
    if (voter.challenge !== null) refuse('challenged', say('governance:closing.is_challenged', { name: voter.name }))
    await sql`update governance.voter set taken = 'paper', version = version + 1 where id = ${id}`.execute(ctx.db)
    return { id, taken: 'paper', challenge: null }
  },
})
