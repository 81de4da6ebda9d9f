import { type Context, decimal, sumOf } from '@commonhall/kernel'
import { hoursAwaitingApproval } from '@commonhall/modules/notices'

interface Submitted {
  readonly contractor: string
  readonly week_ending: string
  readonly regular: string
  readonly overtime: string
}

/**
 * Tells whoever may approve that hours wait: once a day for each contractor and week, however many rows came in, and
 * in the inbox and summary that they have chosen.
 */
export async function tellApprovers(ctx: Context, weeks: readonly Submitted[]): Promise<void> {
  const groups = Map.groupBy(weeks, ({ contractor, week_ending }) => `${contractor} ${week_ending}`)
  for (const [group, [first, ...others]] of groups) {
    if (!first) continue
    const { contractor, week_ending } = first
    const { name } = await ctx.db
      .selectFrom('market_recovery.contractor')
      .select('name')
      .where('id', '=', contractor)
      .executeTakeFirstOrThrow()
    const hours = sumOf([first, ...others].map((one) => decimal(one.regular).plus(decimal(one.overtime))))
    const path = `/hours/approvals?contractor=${contractor}&week_ending=${week_ending}`
    await ctx.notify(
      hoursAwaitingApproval,
      { submitted_by: ctx.actor.name, contractor: name, week_ending, hours: hours.toFixed(2), path },
      { to: { permission: 'market-recovery.hours.approve' }, key: `awaiting ${group} ${ctx.today}` },
    )
  }
}
