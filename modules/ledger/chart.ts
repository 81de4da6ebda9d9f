import { sql } from 'kysely'
import type { Context, RowOf } from '@commonhall/kernel'
import type { account } from './resources/account.ts'

/** An account that an org starts with; it can call it otherwise, and add its own. */
export type ChartAccount = Pick<RowOf<typeof account>, 'code' | 'name' | 'kind' | 'quickbooks_name' | 'quickbooks_type'>

/** What the accounts are called in QuickBooks until the org says otherwise: as its company templates call them. */
export const chart: readonly ChartAccount[] = [
  { code: '1000', name: 'Cash', kind: 'asset', quickbooks_name: 'Checking', quickbooks_type: 'BANK' },
  {
    code: '2000',
    name: 'Subsidies payable',
    kind: 'liability',
    quickbooks_name: 'Subsidies Payable',
    quickbooks_type: null,
  },
  {
    code: '3000',
    name: 'Market recovery fund',
    kind: 'equity',
    quickbooks_name: 'Market Recovery Fund',
    quickbooks_type: null,
  },
  {
    code: '4000',
    name: 'Market recovery contributions',
    kind: 'income',
    quickbooks_name: 'Market Recovery Contributions',
    quickbooks_type: null,
  },
  {
    code: '5000',
    name: 'Market recovery subsidies',
    kind: 'expense',
    quickbooks_name: 'Market Recovery Subsidies',
    quickbooks_type: null,
  },
]

/**
 * Adds what is missing of the chart: all of it where an org has no accounts, else those of the chart that are used.
 * Answers how many.
 */
export async function ensureAccounts(ctx: Context, used: readonly string[] = []): Promise<number> {
  const { rows } = await sql`
    insert into ledger.account (code, name, kind, quickbooks_name, quickbooks_type)
    select c.code, c.name, c.kind, c.quickbooks_name, c.quickbooks_type
    from jsonb_to_recordset(${JSON.stringify(chart)}::jsonb)
      c (code citext, name text, kind text, quickbooks_name text, quickbooks_type text)
    where not exists (select from ledger.account a where a.code = c.code)
      and (c.code::text = any(${[...used]}::text[]) or not exists (select from ledger.account))
    on conflict do nothing returning 1`.execute(ctx.db)
  return rows.length
}
