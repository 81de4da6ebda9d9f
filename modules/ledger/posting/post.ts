import { sql } from 'kysely'
import type { Context } from '@commonhall/kernel'
import { ensureAccounts } from '../chart.ts'
import { checkPosting } from './check-posting.ts'
import type { Posted, Posting } from './posting.ts'

/**
 * Posts entries in the transaction of `ctx`, in this order, with the next numbers: all of them, or none. Any number in
 * one statement. Whoever posts in the same org meanwhile waits until this transaction ends, so post late in it.
 *
 * @throws {Refusal} where an entry does not balance, has less than two lines or a line of zero, or names an account
 * that the org does not have. The usual accounts are made when they are first used.
 */
export async function post(ctx: Context, postings: readonly Posting[]): Promise<readonly Posted[]> {
  if (!postings.length) return []
  for (const posting of postings) checkPosting(posting)
  await ensureAccounts(ctx, [...new Set(postings.flatMap(({ lines }) => lines.map(({ account }) => account)))])
  const given = postings.map(({ source, ...posting }) => ({
    ...posting,
    resource: source?.resource,
    record: source?.id,
  }))
  const { rows } = await sql<Posted>`
    select id, number from ledger.post(${JSON.stringify(given)}::jsonb)`.execute(ctx.db)
  return rows
}
