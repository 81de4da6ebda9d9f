import { sql } from 'kysely'
import { defineReport, field, type RowOf } from '@commonhall/kernel'
import { program } from '../resources/program.ts'

interface Row {
  program: string
  state: RowOf<typeof program>['state']
  budget: string
  committed: string
  paid: string
  remaining: string
  used: string
  in_period: string
  burn_per_month: string
  projected_end: string | null
  program_id: string
}

/**
 * Where each program stands on the last day of the period, whatever has happened since, and how fast its money goes:
 * the worth of the hours that were approved in the period, per month of 365.25 / 12 days.
 */
export const budgetActual = defineReport('market-recovery.budget-actual', {
  title: 'Program budget versus actual',
  purpose: 'What each program has promised, paid and left on any day, and when its money will be gone.',
  rule: 'market-recovery.report.read',
  asks: {
    from: field.date({ label: 'Burn counted from' }),
    until: field.date({ label: 'As of' }),
    program: field.ref('market-recovery.program'),
    state: field.choice(['planned', 'active', 'completed', 'cancelled']),
  },
  period: { from: 'from', until: 'until', usual: 'this-quarter' },
  columns: {
    program: field.text({ record: { resource: 'market-recovery.program', by: 'program_id' } }),
    state: program.fields.state,
    budget: field.money({ total: true }),
    committed: field.money({ total: true }),
    paid: field.money({ total: true }),
    remaining: field.money({ total: true }),
    used: field.percent(),
    in_period: field.money({ total: true, label: 'Approved in the period' }),
    burn_per_month: field.money({ label: 'Burn per month' }),
    projected_end: field.date({ label: 'Money lasts until' }),
    program_id: field.ref('market-recovery.program', { hidden: true }),
  },
  sort: ['program'],
  chart: { kind: 'bar', x: 'program', y: ['paid', 'committed', 'remaining'] },
  landscape: true,
  query(ctx, { from, until, program: only, state }) {
    // A period that still runs is told as it stands today.
    const day = until && until < ctx.today ? until : ctx.today
    const first = from ?? '1900-01-01'
    return sql<Row>`
      select f.name as program, f.state, f.budget, f.committed, f.paid, f.budget - f.committed - f.paid as remaining,
        case when f.budget > 0 then round((f.committed + f.paid) * 100 / f.budget, 2) else 0 end as used, f.in_period,
        round(f.burn * 365.25 / 12, 2) as burn_per_month,
        case when f.burn > 0 and f.budget > f.committed + f.paid
          then ${day}::date + least(ceil((f.budget - f.committed - f.paid) / f.burn), 36500)::integer end
          as projected_end,
        f.id as program_id
      from (
        select p.id, p.name::text as name, p.state, p.budget, coalesce(m.committed, 0) as committed,
          coalesce(m.paid, 0) as paid, coalesce(m.in_period, 0) as in_period,
          coalesce(m.in_period, 0) / greatest(${day}::date - greatest(${first}::date, p.from_on) + 1, 1) as burn
        from market_recovery.program p
        left join (
          select v.program, sum(v.committed) as committed, sum(v.paid) as paid,
            sum(v.committed + v.paid) filter (where v.on_date >= ${first}::date) as in_period
          from market_recovery.movement v where v.on_date <= ${day}::date group by v.program
        ) m on m.program = p.id
        where (${only}::uuid is null or p.id = ${only}::uuid) and (${state}::text is null or p.state = ${state})
      ) f`
  },
})
