import { defineSeed } from '@commonhall/kernel'
import { type DemoMember, demoMembers } from './demo-members.ts'

/** How many rows one statement takes. */
const batch = 500

/** A roll of invented people: 240 in a local, 60 in a co-op, times the scale. */
export const demoRoll = defineSeed(async (ctx, org, scale) => {
  const count = (org.kind === 'union-local' ? 240 : 60) * scale
  for (let from = 0; from < count; from += batch) {
    const people: DemoMember[] = demoMembers(org, from, Math.min(batch, count - from))
    await ctx.db.insertInto('members.member').values(people).execute()
  }
  // The demo's ordinary member signs in as one of them.
  const own = await ctx.db
    .selectFrom('members.member')
    .select('id')
    .where('state', '=', 'active')
    .orderBy('card_number')
    .executeTakeFirst()
  return own ? [{ email: `member@${org.slug}.example`, member: own.id }] : []
})
