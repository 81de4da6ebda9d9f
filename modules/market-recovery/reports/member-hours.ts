import { sql } from 'kysely'
import { defineReport, field } from '@commonhall/kernel'
import { hoursAsked, stateAsked, statesAsked, weeksAsked, whoseAsked } from './asks/of-hours.ts'

interface Row {
  member: string
  card_number: string
  contractor: string
  program: string
  weeks: number
  regular: string
  overtime: string
  subsidy: string
  member_id: string
  contractor_id: string
}

/** What each member worked, and where. */
export const memberHours = defineReport('market-recovery.member-hours', {
  title: 'Member hours summary',
  purpose: 'What each member worked for whom, and what it was subsidized with.',
  rule: 'market-recovery.report.read',
  asks: { ...weeksAsked, ...whoseAsked, member: field.ref('members.member'), state: stateAsked },
  period: { from: 'from', until: 'until', usual: 'this-quarter' },
  columns: {
    member: field.text({ record: { resource: 'members.member', by: 'member_id' } }),
    card_number: field.text(),
    contractor: field.text({ record: { resource: 'market-recovery.contractor', by: 'contractor_id' } }),
    program: field.text(),
    weeks: field.count(),
    regular: field.hours({ total: true }),
    overtime: field.hours({ total: true }),
    subsidy: field.money({ total: true }),
    member_id: field.ref('members.member', { hidden: true }),
    contractor_id: field.ref('market-recovery.contractor', { hidden: true }),
  },
  sort: ['member', 'card_number', 'contractor'],
  landscape: true,
  query: (_ctx, asked) => sql<Row>`
    select m.last_name || ', ' || m.first_name as member, m.card_number::text as card_number, c.name as contractor,
      p.name as program, s.weeks, s.regular, s.overtime, s.subsidy, m.id as member_id, c.id as contractor_id
    from (
      select h.member, h.contractor, h.program, count(distinct h.week_ending)::integer as weeks,
        sum(h.regular) as regular, sum(h.overtime) as overtime, sum(h.subsidy) as subsidy
      from market_recovery.hours h where ${statesAsked(asked.state)} and ${hoursAsked(asked)}
      group by h.member, h.contractor, h.program
    ) s
    join members.member m on m.id = s.member
    join market_recovery.contractor c on c.id = s.contractor
    join market_recovery.program p on p.id = s.program`,
})
