import { sql } from 'kysely'
import { type Context, refuse, say } from '@commonhall/kernel'
import { ballotsAreCounted } from './ballots-are-counted.ts'
import { missingOf } from './missing.ts'
import { reasonWithout } from './reason-without.ts'
import { tallyOfPapers } from './tally-of-papers.ts'

/** Has ballots counted as soon as nothing is missing any more: at once, where nobody voted on paper. */
export async function countWhenReady(ctx: Context, election: string): Promise<void> {
  const { rows } = await sql<{ state: string; seal: string | null }>`
    select state, seal from governance.election where id = ${election}`.execute(ctx.db)
  const [row] = rows
  if (!row) refuse('not_found', say('governance:closing.no_election'))
  if (row.state !== 'counting' || row.seal !== null) return
  const missing = missingOf(await tallyOfPapers(ctx, election), (await reasonWithout(ctx, election)) !== null)
  if (!missing.length) await ctx.enqueue(ballotsAreCounted, { election })
}
