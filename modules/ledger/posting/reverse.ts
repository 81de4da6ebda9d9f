import { sql } from 'kysely'
import { type Context, refuse, say } from '@commonhall/kernel'
import type { Posted } from './posting.ts'

/** What is to be taken back: entries by their ids, or all that stand for some records. */
export type Reversal = {
  /** The day that it counts for; not before the day of what is taken back. */
  readonly on: string
  /** Why. */
  readonly memo: string
} & (
  | { readonly entries: readonly string[] }
  | { readonly source: { readonly resource: string; readonly id: string | readonly string[] } }
)

/**
 * Takes entries back in the transaction of `ctx`: for each a new one with the same lines and the signs turned, which
 * names it. By source: all entries of these records that are not taken back yet.
 *
 * @throws {Refusal} where there is nothing to take back, where one is a reversal itself or is taken back already
 */
export async function reverse(ctx: Context, reversal: Reversal): Promise<readonly Posted[]> {
  const ids = 'entries' in reversal ? reversal.entries : await standingFor(ctx, reversal.source)
  if (!ids.length) refuse('conflict', say('ledger:nothing_to_reverse'))
  const { rows } = await sql<Posted>`select id, number
    from ledger.reverse(${[...ids]}::uuid[], ${reversal.on}::date, ${reversal.memo})`.execute(ctx.db)
  return rows
}

async function standingFor(
  ctx: Context,
  { resource, id }: { resource: string; id: string | readonly string[] },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select e.id from ledger.entry e
    where e.source_resource = ${resource} and e.source_record = any(${typeof id === 'string' ? [id] : [...id]}::uuid[])
      and e.reverses is null and not exists (select from ledger.entry back where back.reverses = e.id)
    order by e.number`.execute(ctx.db)
  return rows.map((row) => row.id)
}
