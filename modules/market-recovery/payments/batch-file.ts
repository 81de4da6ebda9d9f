import { sql } from 'kysely'
import { defineFileRoute, field, refuse, say } from '@commonhall/kernel'
import { type Bill, iifBills, journalType, takenForOne } from '@commonhall/modules/ledger'
import { payable, subsidies } from './book.ts'

/**
 * The bills of a batch for QuickBooks, to be paid there. The same payments are the same bytes, whenever it is taken:
 * taking it changes nothing. What is void or comes to nothing is not in it.
 */
export const batchFile = defineFileRoute({
  method: 'GET',
  path: '/payment-batches/{id}/iif',
  summary: 'Take the bills of a payment batch out, for QuickBooks',
  rule: 'market-recovery.payment-batch.export',
  params: { id: field.ref('market-recovery.payment-batch', { required: true }) },
  sends: journalType,
  async run(ctx, { params: { id } }) {
    const batch = await ctx.db
      .selectFrom('market_recovery.payment_batch')
      .select(['number', 'state'])
      .where('id', '=', id)
      .executeTakeFirst()
    if (!batch) return refuse('not_found', say('market-recovery:batch.unknown'))
    if (batch.state === 'prepared' || batch.state === 'void')
      return refuse('conflict', say(`market-recovery:batch.no_file_${batch.state}`))
    const accounts = await ctx.db
      .selectFrom('ledger.account')
      .select(['code', 'name', 'kind', 'quickbooks_name', 'quickbooks_type'])
      .where('code', 'in', [subsidies, payable])
      .orderBy('code', 'desc')
      .execute()
    const [expense, owed] = accounts
    const { rows } = await sql<Omit<Bill, 'memo'> & { batch: string }>`
      select p.number, market_recovery.day_of(b.released_at) as on, coalesce(c.quickbooks_name, c.name) as vendor,
        p.subsidy as amount, b.number as batch
      from market_recovery.payment p
      join market_recovery.payment_batch b on b.id = p.batch
      join market_recovery.contractor c on c.id = p.contractor
      where p.batch = ${id} and p.state <> 'void' and p.subsidy > 0
      order by length(p.number::text), p.number`.execute(ctx.db)
    const [one, other] = takenForOne(rows.map(({ vendor }) => vendor)) ?? []
    if (other !== undefined) return refuse('conflict', say('market-recovery:batch.one_vendor', { one, other }))
    const bills = rows.map(({ batch: of, ...bill }) => ({
      ...bill,
      memo: say('market-recovery:batch.memo', { batch: of, payment: bill.number }),
    }))
    return {
      name: `${ctx.org.slug}-${batch.number}.iif`,
      rows: bills.length,
      text: expense && owed ? iifBills([expense, owed], bills) : [],
    }
  },
})
