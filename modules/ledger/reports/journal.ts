import { sql } from 'kysely'
import { defineReport, field } from '@commonhall/kernel'

/** Every line of every entry of a period, in the order in which they were posted. */
export const journal = defineReport('ledger.journal', {
  title: 'Journal',
  purpose: 'Every line of every entry of a period, in the order in which they were posted.',
  rule: 'ledger.report.read',
  asks: {
    from: field.date({ label: 'First day' }),
    until: field.date({ label: 'Last day' }),
    account: field.ref('ledger.account'),
  },
  period: { from: 'from', until: 'until', usual: 'this-year' },
  columns: {
    number: field.count({ label: 'No.', record: { resource: 'ledger.entry', by: 'entry' } }),
    line: field.count({ label: 'Line' }),
    posted_on: field.date({ label: 'Date' }),
    account: field.text({ record: { resource: 'ledger.account', by: 'account_id' } }),
    payee: field.text(),
    memo: field.text(),
    debit: field.money({ total: true }),
    credit: field.money({ total: true }),
    entry: field.ref('ledger.entry', { hidden: true }),
    account_id: field.ref('ledger.account', { hidden: true }),
  },
  sort: ['number', 'line'],
  landscape: true,
  query: (_ctx, { from, until, account }) => sql<{
    number: number
    line: number
    posted_on: string
    account: string
    payee: string | null
    memo: string
    debit: string | null
    credit: string | null
    entry: string
    account_id: string
  }>`
    select e.number, l.position as line, l.posted_on, a.code || ' ' || a.name as account, l.payee,
      coalesce(l.memo, e.memo) as memo, case when l.amount > 0 then l.amount end as debit,
      case when l.amount < 0 then -l.amount end as credit, e.id as entry, a.id as account_id
    from ledger.line l
    join ledger.entry e on e.org_id = l.org_id and e.id = l.entry
    join ledger.account a on a.org_id = l.org_id and a.id = l.account
    where (${from}::date is null or l.posted_on >= ${from}::date)
      and (${until}::date is null or l.posted_on <= ${until}::date)
      and (${account}::uuid is null or l.account = ${account}::uuid)`,
})
