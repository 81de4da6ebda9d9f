import { sql } from 'kysely'
import { defineProof } from '@commonhall/kernel'

interface Discrepancy {
  readonly what: string
  readonly record: string
  readonly kept: string | null
  readonly found: string | null
}

/** What is promised, paid and in the books, each held against what it is made of. */
export const sumsAgree = defineProof('market-recovery.sums', {
  title: 'Programs, awards, weeks, payments, batches and the books agree to the cent.',
  async broken(ctx) {
    const { rows } =
      await sql<Discrepancy>`select what, record, kept, found from market_recovery.discrepancies()`.execute(ctx.db)
    return rows.map(({ what, record, kept, found }) => `${what} ${record}: ${kept ?? '–'} / ${found ?? '–'}`)
  },
})
