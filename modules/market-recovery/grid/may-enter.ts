import { type Context, refuse, say } from '@commonhall/kernel'
import { contractor } from '../resources/contractor.ts'

/** Whether the actor may do this to hours of a contractor: by a role, or because they stand for it. */
export const mayWithHours = (ctx: Context, act: string, id: string): boolean =>
  ctx.actor.kind === 'system' ||
  ctx.actor.permissions.has(`market-recovery.hours.${act}`) ||
  ctx.actor.parties[contractor.name] === id

/** The contractor whose week it is; for whom it is none of their business, it is not there. */
export async function contractorOfGrid(ctx: Context, id: string) {
  const found = mayWithHours(ctx, 'create', id)
    ? await ctx.db
        .selectFrom('market_recovery.contractor')
        .select(['id', 'name', 'payroll_weekday'])
        .where('id', '=', id)
        .executeTakeFirst()
    : undefined
  return found ?? refuse('not_found', say('market-recovery:grid.no_contractor'))
}
