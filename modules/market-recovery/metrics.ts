import { sql } from 'kysely'
import { type Context, defineMetric } from '@commonhall/kernel'

const rule = 'market-recovery.report.read'

/** Sums over the weeks that end in this month, but for those that were sent back. */
const thisMonth = (what: 'regular + overtime' | 'subsidy') => async (ctx: Context) => {
  const { rows } = await sql<{ sum: string }>`
    select coalesce(sum(${sql.raw(what)}), 0)::numeric(15, 2) as sum from market_recovery.hours
    where week_ending >= date_trunc('month', ${ctx.today}::date) and week_ending <= ${ctx.today}::date
      and state <> 'rejected'`.execute(ctx.db)
  return rows[0]?.sum ?? '0.00'
}

export const weeksToApprove = defineMetric('market-recovery.weeks_to_approve', {
  label: 'Weeks of hours to approve',
  rule,
  unit: 'count',
  leadsTo: 'hours?filter[state]=submitted',
  async value(ctx) {
    const row = await ctx.db
      .selectFrom('market_recovery.hours')
      .select((e) => e.fn.countAll().as('n'))
      .where('state', '=', 'submitted')
      .executeTakeFirstOrThrow()
    return Number(row.n)
  },
})

export const hoursThisMonth = defineMetric('market-recovery.hours_this_month', {
  label: 'Subsidized hours this month',
  rule,
  unit: 'hours',
  leadsTo: 'hours',
  value: thisMonth('regular + overtime'),
})

export const subsidyThisMonth = defineMetric('market-recovery.subsidy_this_month', {
  label: 'Subsidy this month',
  rule,
  unit: 'money',
  leadsTo: 'hours',
  value: thisMonth('subsidy'),
})
