import { sql } from 'kysely'
import type { Context } from '@commonhall/kernel'
import type { Calculation } from './calculation.ts'
import type { ScalePeriod, Terms } from './subsidy.ts'

/** What is known of an assignment when hours of it are looked at. */
export interface Place {
  readonly assignment: string
  readonly member: string
  readonly contractor: string
  readonly program: string
  readonly project: string | null
  readonly state: 'active' | 'ended' | 'cancelled'
  readonly from_on: string
  readonly until_on: string | null
  readonly classification: string
  readonly contractor_rate: string
  readonly contractor_name: string
  readonly payroll_weekday: number
  readonly program_name: string
  readonly program_state: 'planned' | 'active' | 'completed' | 'cancelled'
  readonly program_from_on: string
  readonly program_until_on: string | null
  readonly basis: 'rate-gap' | 'fixed-rate'
  readonly hourly_subsidy_rate: string | null
  readonly overtime_factor: string
  readonly project_name: string | null
  readonly project_state: string | null
  readonly prevailing_wage: 'none' | 'federal' | 'state' | 'local' | null
  readonly award_expires_on: string | null
  readonly award_rate: string | null
  readonly hour_step: string
  readonly scales: readonly ScalePeriod[]
}

/** What each of these assignments is reckoned by, in one statement. Those that are not here are left out. */
export async function placesOf(ctx: Context, assignments: readonly string[]): Promise<ReadonlyMap<string, Place>> {
  const { rows } = await sql<Place>`
    select a.id as assignment, a.member, a.contractor, a.program, a.project, a.state, a.from_on, a.until_on,
      a.classification, a.contractor_rate, c.name as contractor_name, c.payroll_weekday, p.name as program_name,
      p.state as program_state, p.from_on as program_from_on, p.until_on as program_until_on, p.basis,
      p.hourly_subsidy_rate, p.overtime_factor, j.name as project_name, j.state as project_state, j.prevailing_wage,
      j.award_expires_on, r.rate as award_rate,
      coalesce((select y.hour_step from market_recovery.policy y), '0.25') as hour_step,
      coalesce((select jsonb_agg(jsonb_build_object('rate', s.rate::text, 'from_on', s.from_on, 'until_on', s.until_on)
        order by s.from_on) from market_recovery.scale s where s.classification = a.classification), '[]') as scales
    from market_recovery.assignment a
    join market_recovery.contractor c on c.id = a.contractor
    join market_recovery.program p on p.id = a.program
    left join market_recovery.project j on j.id = a.project
    left join market_recovery.award_rate r on r.project = j.id and r.classification = a.classification
    where a.id = any(${[...assignments]}::uuid[])`.execute(ctx.db)
  return new Map(rows.map((row) => [row.assignment, row]))
}

/**
 * By what an adjustment is reckoned: as the week that it puts right was, so that hours taken back are worth what was
 * paid for them, whatever has become of rates. On days without hours then, as now.
 */
export function termsAsPaid({ basis, classification, overtime_factor, lines }: Calculation, now: Terms): Terms {
  const [line] = lines
  if (!line) return now
  const scales = lines.flatMap(({ scale, from_on, until_on }) =>
    scale === null ? [] : [{ rate: scale, from_on, until_on }],
  )
  const { contractor_rate, rate } = line
  return { basis, classification, overtime_factor, contractor_rate, rate, scales: [...scales, ...now.scales] }
}

/** By what an hour is reckoned there: the award's rate where a job has one, and else the program's. */
export function termsOf(place: Place): Terms {
  const basis: Calculation['basis'] = place.project ? 'award' : place.basis
  return {
    basis,
    classification: place.classification,
    overtime_factor: place.overtime_factor,
    contractor_rate: place.contractor_rate,
    rate: place.project ? place.award_rate : place.hourly_subsidy_rate,
    scales: place.scales,
  }
}
