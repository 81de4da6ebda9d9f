import { sql } from 'kysely'
import type { Context } from '@commonhall/kernel'
import type { Count } from '../counting/index.ts'
import { decideSecret } from '../proposals/decide-secret.ts'

interface OfProposal {
  readonly id: string
  readonly proposal: string | null
}

/** Votes for yes, no and abstain in a count of that kind. */
export function yesAndNo(count: Count): { yes: number; no: number; abstain: number } {
  const tally = 'rounds' in count ? count.rounds[0]?.tally : undefined
  const of = (answer: string) => Number(tally?.[answer] ?? 0)
  return { yes: of('yes'), no: of('no'), abstain: of('abstain') }
}

/** What was asked about a proposal decides it, by the rules that the proposal is under. */
export async function decideProposal(ctx: Context, { id, proposal }: OfProposal, count?: Count): Promise<void> {
  if (!proposal || !count) return
  const { rows } = await sql<{ electorate: number }>`select count(*)::integer as electorate
    from governance.voter where election = ${id} and eligible`.execute(ctx.db)
  await decideSecret(ctx, proposal, { ...yesAndNo(count), electorate: rows[0]?.electorate ?? 0 })
}
