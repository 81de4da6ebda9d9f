import { sql } from 'kysely'
import type { Context } from '@commonhall/kernel'
import { electionWorkflow } from '../workflows/election.ts'

/** A proposal that is to be decided by a secret vote, and until when. */
export interface SecretVote {
  readonly id: string
  readonly title: string
  readonly rule_set: string
  readonly closes_at: string
}

/** Makes, publishes and opens the election by which a proposal is decided: one question, yes, no or abstain. */
export async function openSecretVote(ctx: Context, { id, title, rule_set, closes_at }: SecretVote): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    with e as (
      insert into governance.election (name, kind, rule_set, proposal, opens_at, closes_at)
      values (left(${title}, 160), 'proposal', ${rule_set}::uuid, ${id}::uuid, now(), ${closes_at}::timestamptz)
      returning id),
    c as (insert into governance.contest (election, name, method)
      select id, left(${title}, 160), 'yes-no' from e)
    select id from e`.execute(ctx.db)
  const election = rows[0]?.id ?? ''
  await ctx.transition(electionWorkflow, election, 'publish')
  await ctx.transition(electionWorkflow, election, 'open')
  return election
}
