import { defineObjection, say } from '@commonhall/kernel'

/** Whoever lives in a unit, or is about to, is needed there by name. */
export const livesHere = defineObjection('members.member', async (ctx, id) => {
  const row = await ctx.db
    .selectFrom('housing.occupancy as o')
    .innerJoin('housing.unit as u', 'u.id', 'o.unit')
    .select('u.number')
    .where('o.member', '=', id)
    .where((where) => where.or([where('o.until_on', 'is', null), where('o.until_on', '>=', ctx.today)]))
    .executeTakeFirst()
  return row && say('housing:lives_here', { unit: row.number })
})
