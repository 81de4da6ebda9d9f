import { sql } from 'kysely'
import { defineReport, field, type RowOf } from '@commonhall/kernel'
import { account } from '../resources/account.ts'

/** What every account came to on a day: debits and credits are the same, or something is very wrong. */
export const trialBalance = defineReport('ledger.trial-balance', {
  title: 'Trial balance',
  purpose: 'What each account came to at the end of a day. Both columns add up to the same.',
  rule: 'ledger.report.read',
  asks: { on: field.date({ label: 'At the end of', default: 'today' }) },
  columns: {
    code: field.text({ label: 'Account', record: { resource: 'ledger.account', by: 'account' } }),
    name: field.text(),
    kind: account.fields.kind,
    debit: field.money({ total: true }),
    credit: field.money({ total: true }),
    account: field.ref('ledger.account', { hidden: true }),
  },
  sort: ['code'],
  query: (ctx, { on }) => sql<{
    code: string
    name: string
    kind: RowOf<typeof account>['kind']
    debit: string | null
    credit: string | null
    account: string
  }>`
    select a.code::text as code, a.name, a.kind, case when b.balance >= 0 then b.balance end as debit,
      case when b.balance < 0 then -b.balance end as credit, a.id as account
    from ledger.account a
    join (
      select l.account, sum(l.amount) as balance from ledger.line l
      where l.org_id = foundation.current_org() and l.posted_on <= ${on ?? ctx.today}::date group by l.account
    ) b on b.account = a.id`,
})
