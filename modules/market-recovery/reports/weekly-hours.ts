import { sql } from 'kysely'
import { defineReport, field } from '@commonhall/kernel'
import { hoursAsked, stateAsked, statesAsked, weeksAsked, whoseAsked } from './asks/of-hours.ts'

interface Row {
  contractor: string
  week_ending: string
  members: number
  regular: string
  overtime: string
  subsidy: string
  contractor_id: string
}

/** What each contractor reported, week by week. */
export const weeklyHours = defineReport('market-recovery.weekly-hours', {
  title: 'Weekly hours by contractor',
  purpose: 'Hours and subsidy of each contractor, week by week.',
  rule: 'market-recovery.report.read',
  asks: { ...weeksAsked, ...whoseAsked, state: stateAsked },
  period: { from: 'from', until: 'until', usual: 'this-quarter' },
  columns: {
    contractor: field.text({ record: { resource: 'market-recovery.contractor', by: 'contractor_id' } }),
    week_ending: field.date(),
    members: field.count(),
    regular: field.hours({ total: true }),
    overtime: field.hours({ total: true }),
    subsidy: field.money({ total: true }),
    contractor_id: field.ref('market-recovery.contractor', { hidden: true }),
  },
  sort: ['contractor', 'week_ending'],
  groupBy: ['contractor'],
  chart: { kind: 'line', x: 'week_ending', per: 'week', y: ['regular', 'overtime'] },
  // Names are joined to sums, not to the many rows that these are made of.
  query: (_ctx, asked) => sql<Row>`
    select c.name as contractor, s.week_ending, s.members, s.regular, s.overtime, s.subsidy, c.id as contractor_id
    from (
      select h.contractor, h.week_ending, count(distinct h.member)::integer as members, sum(h.regular) as regular,
        sum(h.overtime) as overtime, sum(h.subsidy) as subsidy
      from market_recovery.hours h where ${statesAsked(asked.state)} and ${hoursAsked(asked)}
      group by h.contractor, h.week_ending
    ) s join market_recovery.contractor c on c.id = s.contractor`,
})
