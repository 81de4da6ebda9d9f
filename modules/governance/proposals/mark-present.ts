import { type Context, refuse, say } from '@commonhall/kernel'
import { isTaking } from './cast.ts'
import type { Voted } from './vote-page.ts'

/** Notes that somebody attends, or does not after all. A proxy that has ended by it stays ended. */
export async function markPresent(
  ctx: Context,
  voted: Voted,
  { vote, present }: { readonly vote: string; readonly present: boolean },
): Promise<void> {
  isTaking(voted)
  const marked = await ctx.db
    .updateTable('governance.vote')
    .set((row) => ({ present, version: row('version', '+', 1) }))
    .where('id', '=', vote)
    .where('proposal', '=', voted.id)
    .returning('id')
    .executeTakeFirst()
  if (!marked) refuse('not_found', say('governance:vote.no_vote'))
}
