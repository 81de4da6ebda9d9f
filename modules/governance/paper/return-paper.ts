import { sql } from 'kysely'
import { defineRoute, field, refuse, say } from '@commonhall/kernel'
import { voterReply } from './give-paper.ts'
import { addPaper } from './add-paper.ts'
import { votingElection } from './of-election.ts'
import { electionOfVoter, lockedVoter } from './of-voter.ts'

/** A paper comes back before it went into the box: it is spoiled, and its voter has none and may take another. */
export const returnPaper = defineRoute({
  method: 'POST',
  path: '/voters/{id}/return-paper',
  summary: 'Take a ballot on paper back from a voter',
  rule: 'governance.voter.give-paper',
  params: { id: field.ref('governance.voter', { required: true }) },
  body: {
    number: field.text({ required: true, max: 40, help: 'Of the paper that came back, such as S-1.' }),
    reason: field.text({ required: true, min: 3, max: 500 }),
  },
  reply: voterReply,
  async run(ctx, { params: { id }, body: { number, reason } }) {
    const election = await votingElection(ctx, await electionOfVoter(ctx, id))
    const voter = await lockedVoter(ctx, id)
    if (voter.taken !== 'paper') refuse('conflict', say('governance:closing.no_paper', { name: voter.name }))
    await addPaper(ctx, { election: election.id, number, state: 'spoiled', reason })
    await sql`update governance.voter set taken = 'none', version = version + 1 where id = ${id}`.execute(ctx.db)
    return { id, taken: 'none', challenge: voter.challenge }
  },
})
