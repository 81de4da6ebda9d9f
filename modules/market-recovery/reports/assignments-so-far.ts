import { sql } from 'kysely'
import { defineReport, field, type RowOf } from '@commonhall/kernel'
import type { assignment } from '../resources/assignment.ts'

/** Who is assigned where, and what that came to so far. */
export const assignmentsSoFar = defineReport('market-recovery.assignments-so-far', {
  title: 'Assignments and what they came to',
  purpose: 'Who is assigned to whom and at which rate, with the hours and the subsidy so far.',
  rule: 'market-recovery.report.read',
  asks: {
    program: field.ref('market-recovery.program'),
    contractor: field.ref('market-recovery.contractor'),
    state: field.choice(['active', 'ended', 'cancelled']),
  },
  columns: {
    number: field.text({ label: 'Assignment', record: { resource: 'market-recovery.assignment', by: 'assignment' } }),
    member: field.text({ record: { resource: 'members.member', by: 'member_id' } }),
    contractor: field.text(),
    classification: field.text(),
    contractor_rate: field.money({ decimals: 4, label: 'Contractor pays' }),
    from_on: field.date({ label: 'From' }),
    state: field.choice(['active', 'ended', 'cancelled'], {
      tones: { active: 'good', ended: 'idle', cancelled: 'idle' },
    }),
    hours: field.hours({ label: 'Hours', total: true }),
    subsidy: field.money({ label: 'Subsidy so far', total: true }),
    waiting: field.money({ label: 'Not approved yet', total: true }),
    assignment: field.ref('market-recovery.assignment', { hidden: true }),
    member_id: field.ref('members.member', { hidden: true }),
  },
  sort: ['contractor', 'member'],
  landscape: true,
  query: (_ctx, { program, contractor, state }) => sql<{
    number: string
    member: string
    contractor: string
    classification: string
    contractor_rate: string
    from_on: string
    state: RowOf<typeof assignment>['state']
    hours: string
    subsidy: string
    waiting: string
    assignment: string
    member_id: string
  }>`
    select a.number, m.last_name || ', ' || m.first_name as member, c.name as contractor, a.classification,
      a.contractor_rate, a.from_on, a.state, coalesce(h.hours, 0.00) as hours, coalesce(h.subsidy, 0.00) as subsidy,
      coalesce(h.waiting, 0.00) as waiting, a.id as assignment, a.member as member_id
    from market_recovery.assignment a
    join market_recovery.contractor c on c.id = a.contractor
    join members.member m on m.id = a.member
    left join lateral (
      select sum(w.regular + w.overtime) filter (where w.state in ('approved', 'paid')) as hours,
        sum(w.subsidy) filter (where w.state in ('approved', 'paid')) as subsidy,
        sum(w.subsidy) filter (where w.state in ('draft', 'submitted')) as waiting
      from market_recovery.hours w where w.assignment = a.id
    ) h on true
    where (${program}::uuid is null or a.program = ${program}::uuid)
      and (${contractor}::uuid is null or a.contractor = ${contractor}::uuid)
      and (${state}::text is null or a.state = ${state}::text)`,
})
