import type { Context, RowOf } from '@commonhall/kernel'
import type { election } from '../resources/election.ts'
import { closeBox } from '../ballots/close-box.ts'
import { countWhenReady } from './count-when-ready.ts'

type Election = RowOf<typeof election>

export const closes = () => ({ closed_at: new Date().toISOString() })

/**
 * Voting is over: nobody gets or casts a ballot any more, the box is rewritten so that nothing tells in which order it
 * was filled, and the key is gone. Where nobody voted on paper, ballots are counted at once.
 */
export async function afterClose(ctx: Context, { id }: Election): Promise<void> {
  await closeBox(ctx, id)
  await countWhenReady(ctx, id)
}
