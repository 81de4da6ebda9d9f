import { sql } from 'kysely'
import { type Context, decimal, say } from '@commonhall/kernel'
import { type Posting, post, reverse } from '@commonhall/modules/ledger'
import { payment } from '../resources/payment.ts'

/** The accounts that payments post to. */
export const payable = '2000'
const cash = '1000'
export const subsidies = '5000'

/** The books keep so much of a reason; all of it stands on the payment. */
const longestMemo = 500

/** Which payments: those of a batch, or some. */
export type Which = { readonly batch: string } | { readonly payments: readonly string[] }

/** Payments in some state that come to something, in the order of their numbers; the books take nothing of 0.00. */
const found = (ctx: Context, which: Which, state: 'released' | 'paid' | 'void') =>
  ctx.db
    .selectFrom('market_recovery.payment as p')
    .innerJoin('market_recovery.payment_batch as b', 'b.id', 'p.batch')
    .innerJoin('market_recovery.contractor as c', 'c.id', 'p.contractor')
    .select(['p.id', 'p.number', 'p.subsidy', 'p.paid_on', 'p.qb_reference', 'b.number as batch', 'c.name as payee'])
    .where('p.state', '=', state)
    .where('p.subsidy', '>', '0')
    .where(
      'batch' in which
        ? sql<boolean>`p.batch = ${which.batch}`
        : sql<boolean>`p.id = any(${[...which.payments]}::uuid[])`,
    )
    .orderBy('p.number')
    .execute()

type Found = Awaited<ReturnType<typeof found>>[number]

const posting = (
  { id, payee, subsidy }: Found,
  on: string,
  memo: string,
  [debit, credit]: readonly [string, string],
): Posting => ({
  on,
  memo,
  payee,
  source: { resource: payment.name, id },
  lines: [
    { account: debit, amount: subsidy },
    { account: credit, amount: decimal(subsidy).neg().toFixed(2) },
  ],
})

/** What is released is owed: each payment is an expense of the day, and payable to its contractor. */
export async function owe(ctx: Context, which: Which): Promise<void> {
  const payments = await found(ctx, which, 'released')
  await post(
    ctx,
    payments.map((one) => {
      const memo = say('market-recovery:batch.memo', { batch: one.batch, payment: one.number })
      return posting(one, ctx.today, memo, [subsidies, payable])
    }),
  )
}

/** What is paid is owed no longer. Once for each payment: those that were paid before are in the books already. */
export async function settle(ctx: Context, which: Which): Promise<void> {
  const payments = await found(ctx, which, 'paid')
  const booked = new Map<string, number>()
  for (const { record, entries } of await entriesOf(ctx, payments)) booked.set(record, entries.length)
  await post(
    ctx,
    payments
      .filter(({ id }) => booked.get(id) === 1)
      .map((one) => posting(one, one.paid_on ?? ctx.today, paidMemo(one), [payable, cash])),
  )
}

const paidMemo = ({ number, qb_reference: reference }: Found) =>
  reference
    ? say('market-recovery:batch.memo_paid_by', { payment: number, reference })
    : say('market-recovery:batch.memo_paid', { payment: number })

/** What is void is taken out of the books again, where it was in them. */
export async function takeBack(ctx: Context, which: Which, reason: string): Promise<void> {
  const standing = await entriesOf(ctx, await found(ctx, which, 'void'))
  const entries = standing.flatMap((one) => one.entries)
  if (entries.length) await reverse(ctx, { entries, on: ctx.today, memo: reason.slice(0, longestMemo) })
}

/** What stands in the books for payments, not taken back. */
async function entriesOf(ctx: Context, payments: readonly Found[]) {
  if (!payments.length) return []
  const rows = await ctx.db
    .selectFrom('ledger.entry as e')
    .select(['e.id', 'e.source_record as record'])
    .where('e.source_resource', '=', payment.name)
    .where(sql<boolean>`e.source_record = any(${payments.map(({ id }) => id)}::uuid[])`)
    .where('e.reverses', 'is', null)
    .where(sql<boolean>`not exists (select from ledger.entry back where back.reverses = e.id)`)
    .execute()
  const standing = new Map<string, string[]>()
  for (const { id, record } of rows) standing.set(record ?? '', [...(standing.get(record ?? '') ?? []), id])
  return [...standing].map(([record, entries]) => ({ record, entries }))
}
