import { sql } from 'kysely'
import { type Context, refuse, say } from '@commonhall/kernel'
import { whyNotSentence } from '../elections/roll/why-not.ts'
import { type MyVote, type Voted, votesOf, whyNotTaken } from './vote-page.ts'

const no = (code: string, status: number): never => refuse(code, say(`governance:vote.${code}`), { status })

/** Refuses unless votes are taken. */
export function isTaking(voted: Voted): void {
  const closed = whyNotTaken(voted)
  if (closed) no(closed, 409)
}

/** Why a vote that was named is not among those that the actor may cast. */
async function refuseOther(ctx: Context, { id, rules }: Voted, vote: string): Promise<never> {
  const { rows } = await sql<{ given: boolean; ended: boolean }>`
    select coalesce(bool_or(x.state = 'given'), false) as given, coalesce(bool_or(x.state <> 'given'), false) as ended
    from governance.proxy x join governance.vote_holder h on h.vote = ${vote}::uuid and h.member = x.giver
    where x.proposal = ${id}::uuid and x.holder = ${ctx.actor.memberId}::uuid`.execute(ctx.db)
  if (rows[0]?.given && rules?.proxies !== 'allowed') return no('proxies_forbidden', 409)
  return rows[0]?.ended && !rows[0].given ? no('proxy_ended', 409) : no('not_yours', 403)
}

/** Which vote is meant, or the refusal that says why there is none. */
async function meant(ctx: Context, voted: Voted, vote: string | null): Promise<MyVote> {
  const votes = await votesOf(ctx, voted)
  const found = vote === null ? undefined : votes.find((one) => one.vote === vote)
  if (vote !== null && !found) return refuseOther(ctx, voted, vote)
  const able = found ? [found] : votes.filter(({ eligible }) => eligible)
  const own = able.filter(({ by_proxy }) => !by_proxy)
  const [only = votes[0]] = own.length ? own : able
  if (!only) return no(ctx.actor.memberId === null ? 'no_member' : 'not_on_roll', 403)
  if (!only.eligible) return refuse('not_eligible', whyNotSentence(only.why_not ?? '', 'vote'), { status: 403 })
  if ((own.length ? own : able).length > 1) return no('which_vote', 422)
  return only
}

/**
 * Casts a vote, or changes it. The row is there since voting opened, so that however often and from wherever it is
 * cast there is one; whether it is still time, and whose it is, the database asks again.
 */
export async function castVote(
  ctx: Context,
  voted: Voted,
  given: { readonly vote: string | null; readonly choice: 'yes' | 'no' | 'abstain' },
): Promise<void> {
  isTaking(voted)
  const { vote, by_proxy } = await meant(ctx, voted, given.vote)
  await ctx.db
    .updateTable('governance.vote')
    .set((row) => ({
      choice: given.choice,
      cast_at: new Date().toISOString(),
      cast_by: ctx.actor.memberId,
      by_proxy,
      version: row('version', '+', 1),
    }))
    .where('id', '=', vote)
    .execute()
}
