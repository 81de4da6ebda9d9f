import { sql } from 'kysely'
import { type Context, refuse, say } from '@commonhall/kernel'
import { type Decision, decide } from '../decisions/decide.ts'
import { inWords } from '../decisions/in-words.ts'
import { whyNotSentence } from '../elections/roll/why-not.ts'
import { rulesInForce } from '../rule-sets/in-force.ts'
import { rulesInWords } from '../rule-sets/in-words.ts'
import type { Rules } from '../rule-sets/rules.ts'
import { talliesOf } from './tallies.ts'

type Choice = 'yes' | 'no' | 'abstain'

/** A proposal as far as its vote goes. */
export interface Voted {
  readonly id: string
  readonly state: 'draft' | 'discussion' | 'voting' | 'decided' | 'withdrawn'
  readonly way: 'roll-call' | 'secret'
  readonly author: string | null
  readonly rule_set: string | null
  readonly rules: Rules | null
  readonly opens_at: string | null
  readonly closes_at: string | null
  readonly decision: (Decision & { readonly sentences: readonly string[] }) | null
}

/** A vote that is mine: by myself, by who shares it with me, or by a proxy. */
export interface MyVote {
  readonly vote: string
  readonly name: string
  readonly weight: number
  readonly eligible: boolean
  readonly choice: Choice | null
  readonly by_proxy: boolean
  readonly shared: boolean
  readonly why_not: string | null
}

/** Finds a proposal that the actor may read. */
export async function votedOf(ctx: Context, id: string): Promise<Voted> {
  const found = await ctx.db
    .selectFrom('governance.proposal')
    .select(['id', 'state', 'way', 'author', 'rule_set', 'rules', 'opens_at', 'closes_at', 'decision'])
    .where('id', '=', id)
    .executeTakeFirst()
  const { permissions, memberId } = ctx.actor
  const isHidden =
    found?.state === 'draft' &&
    !permissions.has('governance.proposal.update') &&
    (memberId === null || found.author !== memberId)
  if (!found || isHidden) return refuse('not_found', say('governance:vote.no_proposal'))
  return found as unknown as Voted
}

/** The votes that the actor may cast now, or could if something were otherwise. */
export async function votesOf(ctx: Context, { id, rules }: Voted): Promise<MyVote[]> {
  const me = ctx.actor.memberId
  const { rows } = await sql<MyVote>`
    select v.id as vote, v.name::text as name, v.weight, v.eligible, v.choice,
      v.eligible and h.member is null as by_proxy,
      (select count(*) from governance.vote_holder s where s.vote = v.id) > 1 as shared, v.why_not::text as why_not
    from governance.vote v left join governance.vote_holder h on h.vote = v.id and h.member = ${me}::uuid
    where v.proposal = ${id}::uuid and (h.member is not null or v.member = ${me}::uuid
      or not v.eligible and v.unit in (select o.unit from housing.occupancy o
        join members.member l on l.id = o.member join members.member i on i.id = ${me}::uuid
        where l.id = i.id or l.household = i.household)
      or ${rules?.proxies === 'allowed'} and v.eligible and exists (select from governance.proxy x
        join governance.vote_holder g on g.member = x.giver and g.vote = v.id
        where x.proposal = v.proposal and x.holder = ${me}::uuid and x.state = 'given'))
    order by h.member is null and v.member is distinct from ${me}::uuid, v.name, v.id limit 200`.execute(ctx.db)
  return rows
}

const isOver = ({ closes_at }: Voted) => closes_at !== null && closes_at <= new Date().toISOString()

/** Whether votes are taken: a code, or null where they are. Its sentence stands under `vote`. */
export function whyNotTaken(voted: Voted): 'secret_vote' | 'not_open' | 'vote_closed' | null {
  if (voted.state === 'decided' || voted.state === 'withdrawn') return 'vote_closed'
  if (voted.state !== 'voting') return 'not_open'
  if (voted.way === 'secret') return 'secret_vote'
  return isOver(voted) ? 'vote_closed' : null
}

function mineOf(voted: Voted, votes: readonly MyVote[]) {
  const closed = whyNotTaken(voted)
  return votes.map(({ eligible, why_not, ...vote }) => {
    const reason = closed ? say(`governance:vote.${closed}`) : eligible ? null : whyNotSentence(why_not ?? '', 'vote')
    return { ...vote, can: reason === null, why_not: reason }
  })
}

function whyNone(
  voted: Voted,
  mine: readonly { readonly can: boolean; readonly why_not: string | null }[],
  me: unknown,
) {
  if (mine.some(({ can }) => can)) return null
  const closed = whyNotTaken(voted)
  if (closed) return say(`governance:vote.${closed}`)
  return mine[0]?.why_not ?? say(`governance:vote.${me === null ? 'no_member' : 'not_on_roll'}`)
}

/** The live result of a roll call. */
async function resultOf(ctx: Context, voted: Voted) {
  if (voted.way === 'secret' || voted.rules === null) return null
  const reckoned = voted.decision ?? decide(voted.rules, await talliesOf(ctx, voted.id))
  const { yes, no, abstain, present, electorate, quorum, outcome } = reckoned
  return {
    yes: yes.weight,
    no: no.weight,
    abstain: abstain.weight,
    weighted: voted.rules.electorate === 'share',
    cast: yes.voters + no.voters + abstain.voters,
    present: present.voters,
    electorate: electorate.voters,
    quorum: quorum?.needed ?? null,
    quorum_reached: quorum?.reached ?? true,
    outcome,
    sentences: voted.state === 'voting' ? inWords(reckoned.explained) : [],
  }
}

async function electionOf(ctx: Context, { id, way }: Voted): Promise<string | null> {
  if (way !== 'secret') return null
  const found = await ctx.db
    .selectFrom('governance.election')
    .select('id')
    .where('proposal', '=', id)
    .where('state', '!=', 'withdrawn')
    .orderBy('id', 'desc')
    .executeTakeFirst()
  return found?.id ?? null
}

/** Everything that the page of a vote shows. */
export async function votePage(ctx: Context, voted: Voted) {
  const { state, way, opens_at, closes_at, rule_set, decision } = voted
  const rules = voted.rules ?? (rule_set === null ? null : await rulesInForce(ctx, rule_set, ctx.today))
  const mine = mineOf(voted, voted.rules === null ? [] : await votesOf(ctx, voted))
  return {
    state,
    way,
    election: await electionOf(ctx, voted),
    opens_at,
    closes_at,
    rules: rules ? rulesInWords(rules) : [],
    mine,
    why_not: whyNone(voted, mine, ctx.actor.memberId),
    result: await resultOf(ctx, voted),
    decision: decision && { outcome: decision.outcome, sentences: decision.sentences },
  }
}
