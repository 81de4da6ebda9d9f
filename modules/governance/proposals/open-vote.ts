import { sql } from 'kysely'
import { type Context, dayAfter, refuse, type RowOf, say, spokenDate } from '@commonhall/kernel'
import { remindAt } from '../elections/clock/tell-voters.ts'
import { openSecretVote } from '../elections/secret-vote.ts'
import type { proposal } from '../resources/proposal.ts'
import { rulesInForce } from '../rule-sets/in-force.ts'
import type { Rules } from '../rule-sets/rules.ts'
import { votersAreTold } from './voters-are-told.ts'

type Proposal = RowOf<typeof proposal>

/** What an objection is about, so that it can be told by its sentence and be tried in a table. */
export interface Opening {
  readonly rules: Rules | null
  readonly way: Proposal['way']
  readonly closes_at: string | null
  /** The day on which the discussion began, where the organization is. */
  readonly discussed_on: string | null
  readonly today: string
  readonly now: string
}

/** Why a vote cannot open yet: which sentence, and what fills it in. */
export function objectionToOpening(opening: Opening): { readonly key: string; readonly on?: string } | undefined {
  const { rules, way, closes_at, discussed_on, today, now } = opening
  if (!rules) return { key: 'no_rules' }
  if (rules.union_election) return { key: 'union_rules' }
  if (way === 'secret' && rules.electorate === 'share') return { key: 'weighted_secret' }
  if (closes_at === null) return { key: 'no_end' }
  if (closes_at <= now) return { key: 'end_passed' }
  const earliest = dayAfter(discussed_on ?? today, rules.notice_days)
  return today < earliest ? { key: 'notice', on: earliest } : undefined
}

/** The rules by which a proposal is decided if its vote opens today. */
const rulesOf = ({ rule_set }: Proposal, ctx: Context) =>
  rule_set === null ? Promise.resolve(null) : rulesInForce(ctx, rule_set, ctx.today)

/** The day of an instant in the time zone of the organization. */
async function dayOf(ctx: Context, instant: string | null): Promise<string | null> {
  const { rows } = await sql<{ day: string }>`select governance.day_of(${instant}::timestamptz) as day`.execute(ctx.db)
  return rows[0]?.day ?? null
}

/** Why this vote cannot open now, in words. */
export async function whyNotOpen(ctx: Context, record: Proposal): Promise<string | undefined> {
  const found = objectionToOpening({
    rules: await rulesOf(record, ctx),
    way: record.way,
    closes_at: record.closes_at,
    discussed_on: await dayOf(ctx, record.discussion_at),
    today: ctx.today,
    now: new Date().toISOString(),
  })
  return found && say(`governance:opening.${found.key}`, found.on ? { on: spokenDate(found.on) } : {})
}

/** What is frozen as voting opens: the version of the rules that is in force. */
export const frozenRules = async (ctx: Context, record: Proposal) => ({ rules: await rulesOf(record, ctx) })

/** A row for each vote of the electorate as it is now, with those who may cast it, in one statement. */
async function freezeElectorate(ctx: Context, { id, rules }: Proposal): Promise<void> {
  const { rows } = await sql<{ eligible: number }>`
    with roll as materialized (
      select uuidv7() as id, e.* from governance.electorate(${JSON.stringify(rules)}::jsonb, ${ctx.today}::date) e),
    votes as (
      insert into governance.vote (id, proposal, name, member, unit, weight, eligible, why_not)
      select id, ${id}::uuid, name, member, unit, weight, eligible, why_not from roll returning eligible),
    holders as (
      insert into governance.vote_holder (vote, member) select id, unnest(holders) from roll)
    select count(*) filter (where eligible)::integer as eligible from votes`.execute(ctx.db)
  if (!rows[0]?.eligible) refuse('conflict', say('governance:opening.nobody'))
}

/** What follows as voting opens: the electorate is frozen or the secret vote begins, and voters are told. */
export async function beginVote(ctx: Context, record: Proposal): Promise<void> {
  const { id, number, title, closes_at: closes, rule_set: rules } = record
  if (record.way === 'secret') {
    await openSecretVote(ctx, { id, title: `${number} ${title}`, rule_set: rules ?? '', closes_at: closes ?? '' })
    return
  }
  await freezeElectorate(ctx, record)
  await ctx.enqueue(votersAreTold, { proposal: id, news: 'opened', after: null })
  if (closes === null) return
  const startAfter = remindAt(record.opens_at ?? new Date().toISOString(), closes)
  await ctx.enqueue(votersAreTold, { proposal: id, news: 'closing', after: null }, { startAfter })
}
