import { sql } from 'kysely'
import type { Context } from '@commonhall/kernel'
import type { BoxBallot } from './box-lines.ts'

/** So many ballots are read at once: a moment's work, between which others get theirs done. */
const piece = 500

const columns = sql`origin, token, prefix, signature, ballot, ballot_signature, receipt`

/** For a route that streams: in the order of receipts, which is as good as random and the same at every reading. */
export const allBallots = (election: string) =>
  sql<BoxBallot>`select ${columns} from governance.ballot where election = ${election}
    order by receipt collate "C", id`

/** The same within a transaction, piece by piece. */
export async function* piecesOfBox({ db }: Pick<Context, 'db'>, election: string): AsyncGenerator<BoxBallot[]> {
  let after = { receipt: '', id: '00000000-0000-0000-0000-000000000000' }
  for (;;) {
    const { rows } = await sql<BoxBallot & { id: string }>`select id, ${columns} from governance.ballot
      where election = ${election} and (receipt collate "C", id) > (${after.receipt}, ${after.id}::uuid)
      order by receipt collate "C", id limit ${piece}`.execute(db)
    const last = rows.at(-1)
    if (!last) return
    yield rows
    after = last
  }
}

export async function* eachOf<Item>(pieces: AsyncIterable<readonly Item[]>): AsyncGenerator<Item> {
  for await (const some of pieces) yield* some
}
