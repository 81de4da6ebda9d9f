import { type Context, type RowOf, say } from '@commonhall/kernel'
import { type Decision, decide } from '../decisions/decide.ts'
import { inWords } from '../decisions/in-words.ts'
import type { proposal } from '../resources/proposal.ts'
import type { Rules } from '../rule-sets/rules.ts'
import { talliesOf } from './tallies.ts'

type Proposal = RowOf<typeof proposal>

/** A decision as it is kept: what it came to, from which numbers, in which words. */
export const kept = (decision: Decision) => ({
  outcome: decision.outcome,
  decision: { ...decision, sentences: inWords(decision.explained) },
  decided_at: new Date().toISOString(),
})

/** Why a roll call is not closed now: it was said until when it is open, unless nobody's vote is missing. */
export async function whyNotClose(ctx: Context, { id, way, closes_at }: Proposal): Promise<string | undefined> {
  if (way === 'secret') return say('governance:closing_vote.secret')
  if (closes_at !== null && closes_at <= new Date().toISOString()) return undefined
  const { yes, no, abstain, electorate } = await talliesOf(ctx, id)
  const missing = electorate.voters - yes.voters - no.voters - abstain.voters
  return missing ? say('governance:closing_vote.missing', { count: missing }) : undefined
}

/** What a roll call came to, reckoned as it closes. */
export const decisionOf = async (ctx: Context, { id, rules }: Proposal) =>
  kept(decide(rules as Rules, await talliesOf(ctx, id)))
