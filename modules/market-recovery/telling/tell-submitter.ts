import { type Context, decimal, type RowOf } from '@commonhall/kernel'
import { hoursReturned } from '../notices/hours-returned.ts'
import { hours } from '../resources/hours.ts'

/** Tells whoever submitted hours that they came back, and why. */
export async function tellSubmitter(ctx: Context, week: RowOf<typeof hours>): Promise<void> {
  if (!week.submitted_by || week.submitted_by === ctx.actor.userId) return
  const names = await ctx.db
    .selectFrom('members.member as m')
    .innerJoin('market_recovery.contractor as c', (join) => join.on('c.id', '=', week.contractor))
    .select(['m.last_name', 'm.first_name', 'c.name'])
    .where('m.id', '=', week.member)
    .executeTakeFirstOrThrow()
  await ctx.notify(
    hoursReturned,
    {
      week: week.id,
      member: `${names.last_name}, ${names.first_name}`,
      contractor: names.name,
      week_ending: week.week_ending,
      hours: decimal(week.regular).plus(decimal(week.overtime)).toFixed(2),
      reason: week.reason ?? '',
      returned_by: ctx.actor.name,
    },
    { to: { user: week.submitted_by }, about: { resource: hours.name, id: week.id } },
  )
}
