import { sql } from 'kysely'
import { defineReport, field } from '@commonhall/kernel'
import { hoursAsked, weeksAsked, whoseAsked } from './asks/of-hours.ts'

interface Row {
  age: string
  days_waiting: number
  week_ending: string
  member: string
  contractor: string
  program: string
  regular: string
  overtime: string
  subsidy: string
  submitted_by: string | null
  hours_id: string
}

/** What waits for somebody's approval, the oldest first. */
export const awaitingApproval = defineReport('market-recovery.awaiting-approval', {
  title: 'Hours awaiting approval by age',
  purpose: 'What was submitted and not decided, by how long it has waited.',
  rule: 'market-recovery.report.read',
  asks: { ...weeksAsked, ...whoseAsked },
  period: { from: 'from', until: 'until' },
  columns: {
    age: field.text({ label: 'Waiting' }),
    days_waiting: field.count({ label: 'Days' }),
    week_ending: field.date({ record: { resource: 'market-recovery.hours', by: 'hours_id' } }),
    member: field.text(),
    contractor: field.text(),
    program: field.text(),
    regular: field.hours({ total: true }),
    overtime: field.hours({ total: true }),
    subsidy: field.money({ total: true }),
    submitted_by: field.text(),
    hours_id: field.ref('market-recovery.hours', { hidden: true }),
  },
  sort: ['-age', '-days_waiting', 'contractor', 'member'],
  groupBy: ['age'],
  chart: { kind: 'bar', x: 'age', y: ['subsidy'] },
  landscape: true,
  query: (ctx, asked) => sql<Row>`
    select case when w.days <= 7 then '0–7 days' when w.days <= 14 then '08–14 days' when w.days <= 30 then '15–30 days'
        else '31 days and more' end as age,
      w.days as days_waiting, h.week_ending, m.last_name || ', ' || m.first_name as member, c.name::text as contractor,
      p.name::text as program, h.regular, h.overtime, h.subsidy,
      market_recovery.name_of(h.submitted_by) as submitted_by, h.id as hours_id
    from market_recovery.hours h
    cross join lateral (
      select greatest(${ctx.today}::date - market_recovery.day_of(h.submitted_at), 0) as days) w
    join members.member m on m.id = h.member
    join market_recovery.contractor c on c.id = h.contractor
    join market_recovery.program p on p.id = h.program
    where h.state = 'submitted' and ${hoursAsked(asked)}`,
})
