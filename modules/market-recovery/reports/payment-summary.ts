import { sql } from 'kysely'
import { defineReport, field, type RowOf } from '@commonhall/kernel'
import { payment } from '../resources/payment.ts'
import { allOf } from './asks/of-hours.ts'

interface Row {
  batch: string
  period: string
  contractor: string
  state: RowOf<typeof payment>['state']
  payments: number
  hours: string
  subsidy: string
  qb_reference: string | null
  paid_on: string | null
  batch_id: string
  contractor_id: string
}

/** What was paid to whom, batch by batch. */
export const paymentSummary = defineReport('market-recovery.payment-summary', {
  title: 'Payment summary by batch',
  purpose: 'What each batch pays to each contractor, and how far it has come.',
  rule: 'market-recovery.report.read',
  asks: {
    from: field.date({ label: 'Weeks ending from' }),
    until: field.date({ label: 'Weeks ending until' }),
    program: field.ref('market-recovery.program'),
    contractor: field.ref('market-recovery.contractor'),
    state: field.choice(['prepared', 'released', 'exported', 'paid', 'void'], {
      help: 'Without one, all but void ones.',
    }),
  },
  period: { from: 'from', until: 'until', usual: 'this-year' },
  columns: {
    batch: field.text({ record: { resource: 'market-recovery.payment-batch', by: 'batch_id' } }),
    period: field.text({ label: 'Weeks ending' }),
    contractor: field.text({ record: { resource: 'market-recovery.contractor', by: 'contractor_id' } }),
    state: payment.fields.state,
    payments: field.count({ total: true }),
    hours: field.hours({ total: true }),
    subsidy: field.money({ total: true }),
    qb_reference: field.text({ label: 'QuickBooks reference' }),
    paid_on: field.date({ label: 'Paid' }),
    batch_id: field.ref('market-recovery.payment-batch', { hidden: true }),
    contractor_id: field.ref('market-recovery.contractor', { hidden: true }),
  },
  sort: ['batch', 'contractor'],
  groupBy: ['batch'],
  chart: { kind: 'bar', x: 'contractor', y: ['subsidy'] },
  landscape: true,
  query: (_ctx, { from, until, program, contractor, state }) => sql<Row>`
    select b.number::text as batch, b.period_from_on || ' – ' || b.period_until_on as period,
      c.name::text as contractor,
      y.state, count(*)::integer as payments, sum(y.hours) as hours, sum(y.subsidy) as subsidy,
      string_agg(distinct y.qb_reference, ', ') as qb_reference, max(y.paid_on) as paid_on, b.id as batch_id,
      c.id as contractor_id
    from market_recovery.payment y
    join market_recovery.payment_batch b on b.id = y.batch
    join market_recovery.contractor c on c.id = y.contractor
    where ${allOf([
      state ? sql`y.state = ${state}` : sql`y.state <> 'void'`,
      from && sql`b.period_until_on >= ${from}::date`,
      until && sql`b.period_from_on <= ${until}::date`,
      program && sql`y.program = ${program}::uuid`,
      contractor && sql`y.contractor = ${contractor}::uuid`,
    ])}
    group by b.id, b.number, b.period_from_on, b.period_until_on, c.id, c.name, y.state`,
})
