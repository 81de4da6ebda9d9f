import { sql } from 'kysely'
import type { FileContext, RowOf } from '@commonhall/kernel'
import type { account } from '../resources/account.ts'

export type BookAccount = Pick<RowOf<typeof account>, 'code' | 'name' | 'kind' | 'quickbooks_name' | 'quickbooks_type'>

export interface BookLine {
  /** The account's number. */
  readonly account: string
  readonly amount: string
  readonly payee: string | null
  readonly memo: string | null
}

export interface BookEntry {
  readonly number: number
  readonly on: string
  readonly memo: string
  /** The record that it comes from, as `market-recovery.payment 0198…`. */
  readonly source: string | null
  /** The number of the entry that it takes back. */
  readonly reverses: number | null
  readonly lines: readonly BookLine[]
}

/** Which entries. Nothing said: all. */
export interface Selection {
  readonly from?: string | null
  readonly until?: string | null
  /** Up to this number: the books as they stood after that entry was posted. */
  readonly through?: number | null
  /** Those of these records. */
  readonly source?: { readonly resource: string; readonly ids: readonly string[] }
}

/** What a file of the books is written from, besides its entries: the same for all formats. */
export interface Books {
  readonly title: string
  readonly accounts: ReadonlyMap<string, BookAccount>
  /** The day of the first entry in it; null where there is none. */
  readonly first: string | null
  readonly count: number
  readonly entries: AsyncIterable<BookEntry>
}

/**
 * The books as they are now. The last number is looked at before the accounts, and no later entry is in it: so each
 * account that an entry names is there, whoever posts meanwhile.
 */
export async function openBooks(ctx: FileContext, selection: Selection): Promise<Books> {
  const { rows } = await sql<{ last: number }>`
    select coalesce(max(number), 0) as last from ledger.entry`.execute(ctx.db)
  const through = Math.min(rows[0]?.last ?? 0, selection.through ?? Infinity)
  const chosen = whereChosen({ ...selection, through })
  const counted = await sql<{ count: number; first: string | null }>`
    select count(*)::integer as count, min(e.posted_on) as first from ledger.entry e ${chosen}`.execute(ctx.db)
  const accounts = await ctx.db
    .selectFrom('ledger.account')
    .select(['code', 'name', 'kind', 'quickbooks_name', 'quickbooks_type'])
    .orderBy('code')
    .execute()
  return {
    title: ctx.org.name,
    accounts: new Map(accounts.map((one) => [one.code, one])),
    first: counted.rows[0]?.first ?? null,
    count: counted.rows[0]?.count ?? 0,
    entries: ctx.rows(sql<BookEntry>`
      select e.number, e.posted_on as on, e.memo, e.source_resource || ' ' || e.source_record as source,
        (select o.number from ledger.entry o where o.org_id = e.org_id and o.id = e.reverses) as reverses,
        (select json_agg(json_build_object('account', a.code, 'amount', l.amount::text, 'payee', l.payee,
            'memo', l.memo) order by l.position)
          from ledger.line l join ledger.account a on a.org_id = l.org_id and a.id = l.account
          where l.org_id = e.org_id and l.entry = e.id) as lines
      from ledger.entry e ${chosen} order by e.posted_on, e.number`),
  }
}

function whereChosen({ from, until, through, source }: Selection) {
  const conditions = [
    sql`e.number <= ${through ?? null}::integer`,
    ...(from ? [sql`e.posted_on >= ${from}::date`] : []),
    ...(until ? [sql`e.posted_on <= ${until}::date`] : []),
    ...(source
      ? [sql`e.source_resource = ${source.resource} and e.source_record = any(${[...source.ids]}::uuid[])`]
      : []),
  ]
  return sql`where ${sql.join(conditions, sql` and `)}`
}

/** Whom an entry is about, where all its lines say the same. */
export function payeeOf({ lines }: BookEntry): string | null {
  const [first, ...rest] = lines
  return first?.payee && rest.every(({ payee }) => payee === first.payee) ? first.payee : null
}
