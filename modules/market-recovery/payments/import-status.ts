import { sql } from 'kysely'
import { type Context, defineRoute, field, refuseField, say } from '@commonhall/kernel'
import { settle } from './book.ts'
import { mostRows, readStatuses, refusedSchema, type Status, statusSchema } from './status-rows.ts'

interface Found {
  readonly id: string
  readonly number: string
  readonly qb_reference: string | null
  readonly state: string
}

interface Refused {
  readonly row: number
  readonly payment: string
  readonly reason: string
}

/**
 * What QuickBooks says was paid, brought in: many payments at once, each by its number or by the reference that it has
 * here. A row that cannot be is told with its reason, and the others are done.
 */
export const importStatus = defineRoute({
  method: 'POST',
  path: '/payments/import-status',
  summary: 'Bring in which payments were paid',
  rule: 'market-recovery.payment.pay',
  body: { rows: field.json({ required: true, schema: statusSchema }) },
  reply: {
    type: 'object',
    required: ['paid', 'refused'],
    properties: { paid: { type: 'integer', minimum: 0 }, refused: refusedSchema },
  },
  async run(ctx, { body: { rows: given } }) {
    const { rows, refused } = readStatuses(given, ctx.today)
    if (rows.length + refused.length > mostRows)
      return refuseField('rows', 'too_many', say('market-recovery:payment.too_many', { most: mostRows }))
    const found = await paymentsOf(ctx, rows)
    const paid = new Map<string, Status>()
    for (const row of rows) {
      const verdict = verdictOn(row, found, paid)
      if ('reason' in verdict) refused.push({ row: row.row, payment: row.payment, ...verdict })
      else paid.set(verdict.id, row)
    }
    await pay(ctx, paid)
    return { paid: paid.size, refused: refused.toSorted((one, other) => one.row - other.row) satisfies Refused[] }
  },
})

/** The payments that are named, locked in the order of their ids, as all who pay several do. */
async function paymentsOf(ctx: Context, rows: readonly Status[]): Promise<Map<string, Found[]>> {
  const names = rows.map(({ payment }) => payment)
  const { rows: found } = await sql<Found>`
    select id, number, qb_reference, state from market_recovery.payment
    where number = any(${names}::citext[]) or qb_reference = any(${names}) order by id for no key update`.execute(
    ctx.db,
  )
  const named = new Map<string, Found[]>()
  for (const one of found)
    for (const name of new Set([one.number.toLowerCase(), one.qb_reference?.toLowerCase() ?? '']))
      named.set(name, [...(named.get(name) ?? []), one])
  return named
}

function verdictOn(
  { payment }: Status,
  found: ReadonlyMap<string, readonly Found[]>,
  paid: ReadonlyMap<string, Status>,
): { readonly id: string } | { readonly reason: string } {
  const [one, other] = found.get(payment.toLowerCase()) ?? []
  if (!one) return { reason: say('market-recovery:payment.unknown', { payment }) }
  if (other) return { reason: say('market-recovery:payment.several', { payment }) }
  if (paid.has(one.id)) return { reason: say('market-recovery:payment.twice', { payment }) }
  if (one.state !== 'exported')
    return { reason: say('market-recovery:payment.not_exported', { payment, state: one.state }) }
  return { id: one.id }
}

/** Pays payments in one statement; weeks and batches go along with them. */
async function pay(ctx: Context, paid: ReadonlyMap<string, Status>): Promise<void> {
  if (!paid.size) return
  const rows = [...paid].map(([id, { paid_on, qb_reference }]) => ({ id, paid_on, qb_reference }))
  await sql`select set_config('app.act', 'pay', true)`.execute(ctx.db)
  await sql`
    update market_recovery.payment p set state = 'paid', paid_on = r.paid_on, processed_at = now(),
      qb_reference = coalesce(r.qb_reference, p.qb_reference), version = p.version + 1, updated_at = now()
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) r (id uuid, paid_on date, qb_reference text)
    where p.id = r.id`.execute(ctx.db)
  await sql`select set_config('app.act', '', true)`.execute(ctx.db)
  await settle(ctx, { payments: [...paid.keys()] })
}
