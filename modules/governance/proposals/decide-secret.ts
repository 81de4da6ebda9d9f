import type { Context } from '@commonhall/kernel'
import { decide, even } from '../decisions/decide.ts'
import { proposalDecided } from '../events.ts'
import type { Rules } from '../rule-sets/rules.ts'
import { kept } from './close-vote.ts'

/** What the count of a secret vote says. */
export interface SecretTally {
  readonly yes: number
  readonly no: number
  readonly abstain: number
  readonly electorate: number
}

/** Decides a proposal by its secret vote, once that was counted. Counted again, it is decided as it was. */
export async function decideSecret(ctx: Context, id: string, tally: SecretTally): Promise<void> {
  const found = await ctx.db
    .selectFrom('governance.proposal')
    .select(['number', 'title', 'rules', 'state'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirstOrThrow()
  if (found.state !== 'voting') return
  const { yes, no, abstain, electorate } = tally
  const [inFavor, against, abstained, all] = [even(yes), even(no), even(abstain), even(electorate)]
  const decided = kept(
    decide(found.rules as Rules, { yes: inFavor, no: against, abstain: abstained, present: even(0), electorate: all }),
  )
  await ctx.db
    .updateTable('governance.proposal')
    .set((row) => ({ ...decided, state: 'decided', version: row('version', '+', 1) }))
    .where('id', '=', id)
    .execute()
  await ctx.emit(proposalDecided, {
    proposal: id,
    number: found.number,
    title: found.title,
    outcome: decided.outcome,
  })
}
