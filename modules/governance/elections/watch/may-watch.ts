import { sql } from 'kysely'
import { type Context, refuse, say } from '@commonhall/kernel'

/** The office, and whoever was named to watch this election, see the roll and all counters. */
export async function mayWatch(ctx: Context, id: string): Promise<boolean> {
  if (ctx.actor.kind === 'system' || ctx.actor.permissions.has('governance.voter.note')) return true
  if (ctx.actor.memberId === null) return false
  const { rows } = await sql`select from governance.observer
    where election = ${id}::uuid and member = ${ctx.actor.memberId}::uuid`.execute(ctx.db)
  return rows.length > 0
}

/** Ends what only those who watch may look at, and what is there for nobody. */
export async function mustWatch(ctx: Context, id: string): Promise<void> {
  if (!(await mayWatch(ctx, id))) refuse('forbidden', say('governance:roll.forbidden'))
  const { rows } = await sql`select from governance.election where id = ${id}::uuid`.execute(ctx.db)
  if (!rows.length) refuse('not_found', say('governance:held.no_election'))
}
