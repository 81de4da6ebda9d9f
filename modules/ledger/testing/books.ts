import type { sql } from 'kysely'
import type { Context, FileContext, ReportQuery } from '@commonhall/kernel'
import { asOwner, type TestHouse } from '@commonhall/engine/testing'
import type { Posting } from '../posting/posting.ts'

/** A subsidy that is owed: an expense, and somebody to pay it to. */
export const subsidy = (amount: string, more: Partial<Posting> = {}): Posting => ({
  on: '2026-03-14',
  memo: 'Subsidy of a week',
  payee: 'Ironline Electric',
  lines: [
    { account: '5000', amount },
    { account: '2000', amount: `-${amount}` },
  ],
  ...more,
})

/** Does something in a transaction of an org, as the house itself: of one whose books are empty. */
export const inOrg = async <Value>(
  house: TestHouse,
  work: (ctx: Context) => Promise<Value>,
  slug = 'riverside',
): Promise<Value> => house.engine.act(await house.caller(slug), work)

/** Everything that is in the books of all orgs, to see that something has changed nothing. */
export const everything = (house: TestHouse) =>
  asOwner(
    house,
    `select e.*, l.position, l.account, l.amount, l.posted_on as day, l.payee, l.memo as line_memo
    from ledger.entry e left join ledger.line l on l.org_id = e.org_id and l.entry = e.id
    order by e.org_id, e.number, l.position`,
  )

/** A file's context that reads in the same transaction, so that it sees what has yet to commit. */
export function filesWithin({ actor, org, today, db }: Context): FileContext {
  async function* rows<Row>(query: ReportQuery<Row>): AsyncGenerator<Row> {
    const found = await (query as ReturnType<typeof sql<Row>>).execute(db)
    yield* found.rows
  }
  return { actor, org, today, db, rows }
}

export const textOf = async (pieces: AsyncIterable<string> | Iterable<string>): Promise<string> => {
  let text = ''
  for await (const piece of pieces) text += piece
  return text
}
