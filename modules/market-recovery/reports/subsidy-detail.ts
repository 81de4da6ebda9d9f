import { sql } from 'kysely'
import { defineReport, field } from '@commonhall/kernel'
import type { Calculation } from '../week/calculation.ts'
import { counted, hoursAsked, stateAsked, statesAsked, weeksAsked, whoseAsked } from './asks/of-hours.ts'

interface Row {
  week_ending: string
  member: string
  contractor: string
  assignment: string
  days: string
  classification: string
  basis: Calculation['basis']
  scale: string | null
  contractor_rate: string
  rate: string | null
  per_hour: string
  regular: string
  overtime: string
  overtime_factor: string
  exact: string
  subsidy: string | null
  state: (typeof counted)[number]
  payment: string | null
  hours_id: string
  payment_id: string | null
}

/**
 * Every factor of every line. A week in which the scale changed has a line for each scale; the subsidy, rounded once
 * for the week, stands on its last one, so that the column adds up to what is paid.
 */
export const subsidyDetail = defineReport('market-recovery.subsidy-detail', {
  title: 'Subsidy calculation detail',
  purpose: 'Every factor of every week, so that a calculator comes to the same cents.',
  rule: 'market-recovery.report.read',
  asks: { ...weeksAsked, ...whoseAsked, member: field.ref('members.member'), state: stateAsked },
  period: { from: 'from', until: 'until', usual: 'last-month' },
  columns: {
    week_ending: field.date({ record: { resource: 'market-recovery.hours', by: 'hours_id' } }),
    member: field.text(),
    contractor: field.text(),
    assignment: field.text(),
    days: field.text(),
    classification: field.text(),
    basis: field.choice(['rate-gap', 'fixed-rate', 'award'], {
      names: { 'rate-gap': 'Gap to the scale', 'fixed-rate': 'Fixed rate', award: 'Award' },
    }),
    scale: field.money({ decimals: 4 }),
    contractor_rate: field.money({ decimals: 4, label: 'Contractor pays' }),
    rate: field.money({ decimals: 4, label: 'Rate or most per hour' }),
    per_hour: field.money({ decimals: 4, label: 'Subsidy per hour' }),
    regular: field.hours({ total: true }),
    overtime: field.hours({ total: true }),
    overtime_factor: field.factor({ label: 'Overtime counts' }),
    exact: field.money({ decimals: 7, label: 'Not rounded' }),
    subsidy: field.money({ total: true }),
    state: field.choice(counted),
    payment: field.text({ record: { resource: 'market-recovery.payment', by: 'payment_id' } }),
    hours_id: field.ref('market-recovery.hours', { hidden: true }),
    payment_id: field.ref('market-recovery.payment', { hidden: true }),
  },
  sort: ['week_ending', 'contractor', 'member', 'assignment', 'days'],
  landscape: true,
  query: (_ctx, asked) => sql<Row>`
    select h.week_ending, m.last_name || ', ' || m.first_name as member, c.name::text as contractor,
      a.number::text as assignment, l.line ->> 'from_on' || ' – ' || (l.line ->> 'until_on') as days,
      h.calculation ->> 'classification' as classification, h.calculation ->> 'basis' as basis,
      (l.line ->> 'scale')::numeric as scale, (l.line ->> 'contractor_rate')::numeric as contractor_rate,
      (l.line ->> 'rate')::numeric as rate, (l.line ->> 'per_hour')::numeric as per_hour,
      (l.line ->> 'regular')::numeric as regular, (l.line ->> 'overtime')::numeric as overtime,
      (h.calculation ->> 'overtime_factor')::numeric as overtime_factor,
      ((l.line ->> 'regular')::numeric + (l.line ->> 'overtime')::numeric
        * (h.calculation ->> 'overtime_factor')::numeric) * (l.line ->> 'per_hour')::numeric as exact,
      case when l.place = jsonb_array_length(h.calculation -> 'lines') then h.subsidy end as subsidy,
      h.state, y.number::text as payment, h.id as hours_id, y.id as payment_id
    from market_recovery.hours h
    cross join lateral jsonb_array_elements(h.calculation -> 'lines') with ordinality l (line, place)
    join market_recovery.assignment a on a.id = h.assignment
    join members.member m on m.id = h.member
    join market_recovery.contractor c on c.id = h.contractor
    left join market_recovery.payment y on y.id = h.payment
    where ${statesAsked(asked.state)} and ${hoursAsked(asked)}`,
})
