import { sql } from 'kysely'
import { type Context, dayAfter } from '@commonhall/kernel'
import { decide } from '../decisions/decide.ts'
import { kept } from '../proposals/close-vote.ts'
import { talliesOf } from '../proposals/tallies.ts'
import { rulesInForce } from '../rule-sets/in-force.ts'
import type { Rules } from '../rule-sets/rules.ts'
import type { Hall } from './demo-governance.ts'
import { type DemoProposal, demoProposals, type Said } from './demo-texts.ts'

/** An instant so many days from today, in the evening where most of the demo is. */
export const evening = (ctx: Context, days: number): string => `${dayAfter(ctx.today, days)}T23:00:00.000Z`

/** Proposals at every step: decided, with too few votes, being discussed, being voted on. */
export async function addProposals(ctx: Context, hall: Hall): Promise<void> {
  for (const one of demoProposals(ctx.org.kind)) await addProposal(ctx, hall, one)
}

async function addProposal(ctx: Context, hall: Hall, one: DemoProposal): Promise<void> {
  const rule_set = hall.ruleSets.get(one.preset) ?? ''
  const rules = await rulesInForce(ctx, rule_set, ctx.today)
  if (!rules) throw new Error(`The demo has no rules named ${one.preset}.`)
  const id = await insert(ctx, hall, one, rules)
  await discuss(ctx, hall, id, one)
  await amend(ctx, hall, id, one)
  if (one.state === 'voting')
    await sql`update governance.proposal set state = 'voting', rules = ${JSON.stringify(rules)}::jsonb,
      version = version + 1 where id = ${id}::uuid`.execute(ctx.db)
  if (one.votes) await callRoll(ctx, hall, id, rules, one)
  if (one.state === 'decided') await decideAt(ctx, id, rules, evening(ctx, one.voted?.[1] ?? 0))
}

/** What was decided begins in the midst of its vote, since nothing that opens now has opened weeks ago. */
async function insert(ctx: Context, hall: Hall, one: DemoProposal, rules: Rules): Promise<string> {
  const [opens, closes] = one.voted ?? []
  const isOver = one.state === 'decided'
  const { id } = await ctx.db
    .insertInto('governance.proposal')
    .values({
      title: one.title,
      text: one.text,
      state: isOver ? 'voting' : 'discussion',
      way: 'roll-call',
      rule_set: rules.id,
      author: hall.members[one.author] ?? null,
      proposed_by: null,
      discussion_at: evening(ctx, one.discussed),
      opens_at: isOver && opens !== undefined ? evening(ctx, opens) : null,
      closes_at: closes === undefined ? null : evening(ctx, closes),
      rules: isOver ? (JSON.stringify(rules) as never) : null,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** What was said, each some hours after the one before. */
async function discuss(ctx: Context, hall: Hall, proposal: string, { said, discussed }: DemoProposal): Promise<void> {
  let hours = 3
  const write = async ({ by, text, answers = [] }: Said, answered: string | null): Promise<void> => {
    const { rows } = await sql<{ id: string }>`
      insert into governance.comment (proposal, answers, text, author, created_at, updated_at)
      select ${proposal}::uuid, ${answered}::uuid, ${text}, ${hall.members[by]}::uuid, t.at, t.at
      from (select ${evening(ctx, discussed)}::timestamptz + make_interval(hours => ${hours}) as at) t
      returning id`.execute(ctx.db)
    hours += 9
    for (const answer of answers) await write(answer, rows[0]?.id ?? null)
  }
  for (const one of said) await write(one, null)
}

async function amend(ctx: Context, hall: Hall, proposal: string, { amendments = [] }: DemoProposal): Promise<void> {
  for (const { by, summary, text, accepted } of amendments) {
    const { id } = await ctx.db
      .insertInto('governance.amendment')
      .values({ proposal, summary, text, author: hall.members[by] ?? null, proposed_by: null })
      .returning('id')
      .executeTakeFirstOrThrow()
    if (accepted)
      await sql`update governance.amendment set state = 'accepted', version = version + 1
        where id = ${id}::uuid`.execute(ctx.db)
  }
}

/**
 * A row for each of the electorate, and how they voted: in the hours after it opened, or today where it has just. Where
 * it is open the demo's member, who signs in, is left to vote.
 */
async function callRoll(ctx: Context, hall: Hall, proposal: string, rules: Rules, one: DemoProposal): Promise<void> {
  const { votes = [], state } = one
  const left = state === 'voting' ? (hall.members[0] ?? null) : null
  await sql`
    with roll as materialized (
      select uuidv7() as id, e.*, row_number() over (order by e.name) as n
      from governance.electorate(${JSON.stringify(rules)}::jsonb, ${ctx.today}::date) e),
    cast_so as materialized (
      select r.*, case when r.eligible and ${left}::uuid is distinct from r.holders[1] then v.choice end as choice,
        case when ${state === 'voting'} then now()
        else p.opens_at + make_interval(mins => 20 + 7 * r.n::integer) end as at
      from roll r join governance.proposal p on p.id = ${proposal}::uuid
        join unnest(${votes}::text[]) with ordinality v (choice, nth) on v.nth = 1 + r.n % ${votes.length}),
    votes as (
      insert into governance.vote
        (id, proposal, name, member, unit, weight, eligible, why_not, choice, cast_at, cast_by)
      select id, ${proposal}::uuid, name, member, unit, weight, eligible, why_not, choice,
        case when choice is not null then at end, case when choice is not null then holders[1] end
      from cast_so)
    insert into governance.vote_holder (vote, member) select id, unnest(holders) from roll where eligible`.execute(
    ctx.db,
  )
}

async function decideAt(ctx: Context, id: string, rules: Rules, at: string): Promise<void> {
  const { outcome, decision } = kept(decide(rules, await talliesOf(ctx, id)))
  await sql`update governance.proposal set state = 'decided', outcome = ${outcome},
    decision = ${JSON.stringify(decision)}::jsonb, decided_at = ${at}::timestamptz, version = version + 1
    where id = ${id}::uuid`.execute(ctx.db)
}
