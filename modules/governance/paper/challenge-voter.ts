import { sql } from 'kysely'
import { type Context, defineRoute, field, refuse, say } from '@commonhall/kernel'
import { voterReply } from './give-paper.ts'
import { votingElection } from './of-election.ts'
import { electionOfVoter, lockedVoter, refuseTaken } from './of-voter.ts'

/** Officers and staff, and whoever watches this election for a candidate. */
async function mayChallenge(ctx: Context, election: string): Promise<boolean> {
  if (ctx.actor.permissions.has('governance.voter.note')) return true
  const { rows } = await sql`
    select from governance.observer where election = ${election} and member = ${ctx.actor.memberId}`.execute(ctx.db)
  return rows.length > 0
}

/** Somebody's right to vote is doubted before they took a ballot: theirs is then kept apart, in an envelope. */
export const challengeVoter = defineRoute({
  method: 'POST',
  path: '/voters/{id}/challenge',
  summary: 'Challenge the right of a voter to vote',
  rule: 'governance.voter.challenge',
  params: { id: field.ref('governance.voter', { required: true }) },
  body: { reason: field.text({ required: true, min: 3, max: 400 }) },
  reply: voterReply,
  async run(ctx, { params: { id }, body: { reason } }) {
    const election = await electionOfVoter(ctx, id)
    if (!(await mayChallenge(ctx, election))) refuse('forbidden', say('governance:closing.may_not_challenge'))
    await votingElection(ctx, election)
    const voter = await lockedVoter(ctx, id)
    refuseTaken(voter)
    if (voter.challenge !== null) refuse('conflict', say('governance:closing.is_challenged', { name: voter.name }))
    const challenge = say('governance:closing.challenged_by', { reason, by: ctx.actor.name })
    await sql`update governance.voter set challenge = ${challenge}, version = version + 1 where id = ${id}`.execute(
      ctx.db,
    )
    return { id, taken: voter.taken, challenge }
  },
})

/** The doubt is settled before they voted: they vote as everybody does. */
export const dismissChallenge = defineRoute({
  method: 'POST',
  path: '/voters/{id}/dismiss-challenge',
  summary: 'Dismiss the challenge of a voter',
  rule: 'governance.voter.dismiss',
  params: { id: field.ref('governance.voter', { required: true }) },
  reply: voterReply,
  async run(ctx, { params: { id } }) {
    await votingElection(ctx, await electionOfVoter(ctx, id))
    const voter = await lockedVoter(ctx, id)
    refuseTaken(voter)
    if (voter.challenge === null) refuse('conflict', say('governance:closing.not_challenged', { name: voter.name }))
    await sql`update governance.voter set challenge = null, version = version + 1 where id = ${id}`.execute(ctx.db)
    return { id, taken: voter.taken, challenge: null }
  },
})
