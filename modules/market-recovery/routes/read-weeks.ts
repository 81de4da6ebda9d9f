import { sql } from 'kysely'
import { type Context, dayAfter, defineRoute, field, weekdayOf } from '@commonhall/kernel'
import { faultSentence } from '../week/fault-sentence.ts'
import { contractorOfGrid } from '../grid/may-enter.ts'
import { weekRows } from '../grid/week-rows.ts'
import { ratesOf } from '../week/subsidy.ts'
import { type Place, placesOf, termsOf } from '../week/terms.ts'
import { reckon } from '../week/week.ts'
import { gridSchema, mostRows } from '../grid/week-schemas.ts'

interface Named {
  readonly assignment: string
  readonly number: string
  readonly member_name: string
  readonly last_week: { readonly regular: string; readonly overtime: string; readonly state: string } | null
}

/** The assignments that a contractor has in a week, or has hours of, by the names of those who work there. */
async function assignmentsOf(ctx: Context, contractor: string, from: string, ending: string): Promise<Named[]> {
  const { rows } = await sql<Named>`
    select a.id as assignment, a.number::text as number, m.last_name || ', ' || m.first_name as member_name,
      (select jsonb_build_object('regular', h.regular::text, 'overtime', h.overtime::text, 'state', h.state)
        from market_recovery.hours h
        where h.assignment = a.id and h.week_ending = ${dayAfter(ending, -7)}::date and h.adjusts is null) as last_week
    from market_recovery.assignment a join members.member m on m.id = a.member
    where a.contractor = ${contractor} and (
      a.state <> 'cancelled' and a.from_on <= ${ending}::date and (a.until_on is null or a.until_on >= ${from}::date)
      or exists (select from market_recovery.hours h
        where h.assignment = a.id and h.week_ending = ${ending}::date and h.adjusts is null))
    order by m.last_name, m.first_name, a.number limit ${mostRows}`.execute(ctx.db)
  return rows
}

/** How the week is reckoned, by a try with one hour: what is wrong with it is told before anything is typed. */
function figuresOf(place: Place, ending: string, today: string) {
  const week = { week_ending: ending, regular: '1', overtime: '0', days: null, original: null }
  const tried = reckon(week, place, today)
  const faults = tried.ok ? [] : tried.faults.filter(({ code }) => code !== 'needs_days')
  const rates = ratesOf({ from_on: dayAfter(ending, -6), until_on: ending }, termsOf(place))
  return {
    rates,
    per_hour: tried.ok ? (rates[0]?.per_hour ?? null) : null,
    changes_on: !tried.ok && !faults.length ? String(tried.faults[0]?.params?.['on']) : null,
    problem: faults[0] ? faultSentence(faults[0]).message : null,
  }
}

/** All that the grid of a contractor's week begins with. */
export const readWeeks = defineRoute({
  method: 'GET',
  path: '/hours/weeks',
  summary: "Look at a contractor's week",
  rule: 'market-recovery.hours.create',
  query: {
    contractor: field.ref('market-recovery.contractor', { required: true }),
    week_ending: field.date({ required: true }),
  },
  reply: gridSchema,
  async run(ctx, { query: { contractor: id, week_ending } }) {
    const contractor = await contractorOfGrid(ctx, id)
    const from_on = dayAfter(week_ending, -6)
    const named = await assignmentsOf(ctx, id, from_on, week_ending)
    const ids = named.map(({ assignment }) => assignment)
    const [places, weeks] = [await placesOf(ctx, ids), await weekRows(ctx, ids, week_ending)]
    return {
      contractor: id,
      contractor_name: contractor.name,
      week_ending,
      from_on,
      payroll_day: weekdayOf(week_ending) === contractor.payroll_weekday,
      hour_step: places.values().next().value?.hour_step ?? '0.25',
      rows: named.flatMap((row) => {
        const place = places.get(row.assignment)
        return place ? [rowOf(row, place, week_ending, ctx.today, weeks.get(row.assignment) ?? null)] : []
      }),
    }
  },
})

function rowOf(named: Named, place: Place, ending: string, today: string, hours: unknown) {
  const { member, classification, program, program_name, project, project_name, contractor_rate, overtime_factor } =
    place
  const figures = figuresOf(place, ending, today)
  return {
    ...named,
    member,
    classification,
    program,
    program_name,
    project,
    project_name,
    contractor_rate,
    overtime_factor,
    ...figures,
    needs_days: figures.changes_on !== null,
    hours,
  }
}
