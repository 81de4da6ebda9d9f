import { sql } from 'kysely'
import { type Context, decimal, type RowOf } from '@commonhall/kernel'
import { budgetNearlySpent } from '../notices/budget-nearly-spent.ts'
import type { hours } from '../resources/hours.ts'

/** A limit, what is used of it, and what has just been added: with that it may have passed the share to warn at. */
interface Limit {
  readonly name: string
  readonly path: string
  readonly measure: 'money' | 'hours'
  readonly used: string
  readonly most: string
  readonly added: string
}

const hundred = decimal('100')

/** Whether what was added is what took it past the share: so people are told once as it passes. */
export function passes({ used, most, added }: Pick<Limit, 'used' | 'most' | 'added'>, percent: string): boolean {
  const share = decimal(most).times(decimal(percent)).div(hundred)
  const now = decimal(used)
  return now.gte(share) && now.minus(decimal(added)).lt(share)
}

/** Tells the board when approved hours took a program or an award past the share that the org wants to be warned at. */
export async function warnOfSpending(ctx: Context, week: RowOf<typeof hours>): Promise<void> {
  // The rows are locked by what the approval spent: whoever approves next sees these sums.
  const { rows } = await sql<Limit & { warn_at: string }>`
    with policy as (select coalesce((select y.warn_at from market_recovery.policy y), 80)::text as warn_at)
    select name, path, measure, used, most, added, warn_at from policy cross join (
      select p.name::text, '/programs/' || p.id as path, 'money' as measure, p.committed + p.paid as used,
        p.budget as most, ${week.subsidy}::numeric as added
      from market_recovery.program p where p.id = ${week.program}
      union all
      select j.name::text, '/projects/' || j.id, 'money', j.used_amount, j.award_amount, ${week.subsidy}::numeric
      from market_recovery.project j where j.id = ${week.project} and j.award_amount is not null
      union all
      select j.name::text, '/projects/' || j.id, 'hours', j.used_hours, j.award_hours,
        ${week.regular}::numeric + ${week.overtime}::numeric
      from market_recovery.project j where j.id = ${week.project} and j.award_hours is not null) limits`.execute(ctx.db)
  for (const { warn_at: percent, ...limit } of rows) {
    if (decimal(limit.added).lte(decimal('0')) || !passes(limit, percent)) continue
    const { name, measure, path } = limit
    await ctx.notify(
      budgetNearlySpent,
      { name, percent: decimal(percent).toFixed(), measure, used: limit.used, most: limit.most, path },
      { to: { permission: 'market-recovery.program.update' } },
    )
  }
}
