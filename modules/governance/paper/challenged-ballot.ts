import { sql } from 'kysely'
import { type Context, defineRoute, field, refuseField, say } from '@commonhall/kernel'
import { addPaper, paperReply } from './add-paper.ts'
import { votingElection } from './of-election.ts'
import { lockedVoter, refuseTaken } from './of-voter.ts'

/** On the roll it stands too, so that nobody votes in another way besides. Answers what they are called there. */
async function markChallenged(ctx: Context, election: string, id: string, reason: string): Promise<string> {
  const voter = await lockedVoter(ctx, id)
  if (voter.election !== election) return refuseField('voter', 'unknown', say('governance:closing.no_voter'))
  refuseTaken(voter)
  await sql`update governance.voter set taken = 'challenged', challenge = coalesce(challenge, ${reason}),
    version = version + 1 where id = ${id}`.execute(ctx.db)
  return voter.name
}

/**
 * Somebody votes who is not on the roll, or whose right to vote is doubted: on paper, in an envelope with a number. It
 * is opened or rejected later.
 */
export const challengedBallot = defineRoute({
  method: 'POST',
  path: '/elections/{id}/challenged-ballots',
  summary: 'Take in a challenged ballot, in its envelope',
  rule: 'governance.voter.give-paper',
  params: { id: field.ref('governance.election', { required: true }) },
  body: {
    number: field.text({ required: true, max: 40, label: 'Number of the envelope' }),
    voter: field.ref('governance.voter', { label: 'Voter', help: 'Empty for somebody who is not on the roll.' }),
    name: field.text({ max: 120, label: 'Name' }),
    reason: field.text({ required: true, min: 3, max: 300 }),
  },
  reply: paperReply,
  creates: 'paper-ballots',
  async run(ctx, { params: { id }, body: { number, voter, name, reason } }) {
    const election = await votingElection(ctx, id)
    if (!voter && !name) refuseField('name', 'required', say('governance:closing.whose_envelope'))
    const who = voter ? await markChallenged(ctx, election.id, voter, reason) : (name ?? '')
    const told = say('governance:closing.envelope', { who, reason })
    return await addPaper(ctx, { election: election.id, number, state: 'challenged', reason: told.slice(0, 500) })
  },
})
