import { type Context, dayAfter, defineSeed, say } from '@commonhall/kernel'
import { presets } from '../rule-sets/presets.ts'
import { addElections } from './demo-elections.ts'
import { addProposals } from './demo-proposals.ts'

/** What the demo's proposals and elections are made from. */
export interface Hall {
  /** Active members who may vote, by card; the first signs in as the demo's member. */
  readonly members: readonly string[]
  /** The sign-in of an officer. */
  readonly officer: string | null
  /** The rule sets of the org by their preset. */
  readonly ruleSets: ReadonlyMap<string, string>
}

/** Rules as most bylaws have them, in force for longer than anything that the demo decides by them. */
async function addRuleSets(ctx: Context): Promise<Hall['ruleSets']> {
  const made = new Map<string, string>()
  for (const { preset, rules } of presets.filter((one) => one.for === ctx.org.kind)) {
    const name = say(`governance:rules.presets.${preset}.name`)
    const { id } = await ctx.db
      .insertInto('governance.rule_set')
      .values({ ...rules, name, from_on: dayAfter(ctx.today, -400) })
      .returning('id')
      .executeTakeFirstOrThrow()
    made.set(preset, id)
  }
  return made
}

async function hallOf(ctx: Context): Promise<Hall> {
  const members = await ctx.db
    .selectFrom('members.member')
    .select('id')
    .where('state', '=', 'active')
    .orderBy('card_number')
    .limit(40)
    .execute()
  const [officer] = (await ctx.db
    .selectFrom('foundation.org_user' as never)
    .select(['id'] as never[])
    .where('email' as never, '=', `officer@${ctx.org.slug}.example` as never)
    .execute()) as { id: string }[]
  return { members: members.map(({ id }) => id), officer: officer?.id ?? null, ruleSets: await addRuleSets(ctx) }
}

/** Rules, proposals at every step, and in a local elections, one of them counted with a box that proves itself. */
export const demoGovernance = defineSeed(async (ctx, org) => {
  const hall = await hallOf(ctx)
  await addProposals(ctx, hall)
  if (org.kind === 'union-local') await addElections(ctx, hall)
})
