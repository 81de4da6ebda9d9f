import { sql } from 'kysely'
import { type Context, type RowOf, say } from '@commonhall/kernel'
import type { election } from '../resources/election.ts'
import { missingOf, sayMissing } from './missing.ts'
import { reasonWithout } from './reason-without.ts'
import { tallyOfPapers } from './tally-of-papers.ts'

type Election = RowOf<typeof election>

/** A result is certified or contested once it is there: no ballot, envelope or tie is open. */
export async function mayCertify(ctx: Context, { id, seal, name }: Election): Promise<string | undefined> {
  if (seal !== null) return undefined
  const { rows } = await sql<{ name: string }>`
    select name from governance.contest where election = ${id} and result ? 'asks' order by position limit 1`.execute(
    ctx.db,
  )
  const [tie] = rows
  if (tie) return say('governance:closing.tie_open', { contest: tie.name })
  const [missing] = missingOf(await tallyOfPapers(ctx, id), (await reasonWithout(ctx, id)) !== null)
  return missing ? sayMissing(missing) : say('governance:closing.not_counted', { name })
}

/** A year from a day, the last day included; of February 29 it is March 1. */
export function yearAfter(day: string): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCFullYear(date.getUTCFullYear() + 1)
  return date.toISOString().slice(0, 10)
}

/** From now on its records are sealed, for a year (29 USC 481(e)); certified again, the year begins anew. */
export const certifies = (ctx: Context) => ({
  certified_by: ctx.actor.userId,
  certified_at: new Date().toISOString(),
  keep_until_on: yearAfter(ctx.today),
})

export const contests = (_ctx: Context, _election: Election, { reason }: Readonly<Record<string, unknown>>) => ({
  reason,
})
