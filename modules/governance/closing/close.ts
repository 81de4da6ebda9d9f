import { sql } from 'kysely'
import { type Context, type RowOf, say } from '@commonhall/kernel'
import type { election } from '../resources/election.ts'
import { closeBox } from '../ballots/close-box.ts'
import { countWhenReady } from './count-when-ready.ts'

type Election = RowOf<typeof election>

/** Whoever ends voting before the hour that everybody was told says why, unless all have taken their ballots. */
export async function whyNotClose(
  ctx: Context,
  { id, closes_at }: Election,
  { reason }: Record<string, unknown>,
): Promise<string | undefined> {
  if (reason || ctx.actor.kind === 'system' || !closes_at || Date.parse(closes_at) <= Date.now()) return undefined
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from governance.voter
    where election = ${id} and eligible and taken = 'none'`.execute(ctx.db)
  const count = rows[0]?.count ?? 0
  return count ? say('governance:closing.early', { count }) : undefined
}

export const closes = (_ctx: Context, { reason: kept }: Election, { reason }: Record<string, unknown>) => ({
  closed_at: new Date().toISOString(),
  reason: reason ?? kept,
})

/**
 * Voting is over: nobody gets or casts a ballot any more, the box is rewritten so that nothing tells in which order it
 * was filled, and the key is gone. Where nobody voted on paper, ballots are counted at once.
 */
export async function afterClose(ctx: Context, { id }: Election): Promise<void> {
  await closeBox(ctx, id)
  await countWhenReady(ctx, id)
}
