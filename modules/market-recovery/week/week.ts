import { compareDecimals, dayAfter, decimal, lastWeekday, weekdayOf } from '@commonhall/kernel'
import type { Calculation, DayOfWork } from './calculation.ts'
import { calculate, subsidyOf } from './subsidy.ts'
import { type Place, termsAsPaid, termsOf } from './terms.ts'
import { type Fault, faultsOfDays } from './week-days.ts'

/** A week of hours as it would stand. Hours are decimal strings, days `YYYY-MM-DD`. */
export interface WeekOfHours {
  readonly week_ending: string
  readonly regular: string
  readonly overtime: string
  readonly days: readonly DayOfWork[] | null
  /** It is there already: a payroll day that was right when it was entered stays right. */
  readonly stands?: boolean
  /** By what the paid week was figured that this one puts right: hours are taken back for what they brought. */
  readonly original: Calculation | null
}

export type Reckoned =
  | { readonly ok: true; readonly subsidy: string; readonly calculation: Calculation }
  | { readonly ok: false; readonly faults: readonly Fault[] }

/** Looks at a week, and reckons its subsidy if nothing is wrong with it. `today` is the org's day. */
export function reckon(week: WeekOfHours, place: Place, today: string): Reckoned {
  const from_on = dayAfter(week.week_ending, -6)
  const worked_from = place.from_on > from_on ? place.from_on : from_on
  const hours = { ...week, from_on, worked_from, until_on: week.week_ending }
  const faults = [
    ...faultsOfDate(week, place, today),
    ...faultsOfHours(week, place),
    ...(week.days ? faultsOfDays(week.days, hours) : []),
    ...(week.original ? [] : faultsOfProject(week.week_ending, place)),
  ]
  if (faults.length) return { ok: false, faults }
  const calculation = calculate(
    { ...hours, from_on: worked_from },
    week.original ? termsAsPaid(week.original, termsOf(place)) : termsOf(place),
  )
  if ('fault' in calculation) {
    const params = { on: calculation.on, classification: place.classification }
    const path = calculation.fault === 'needs_days' ? 'days' : 'week_ending'
    return { ok: false, faults: [{ path, code: calculation.fault, params }] }
  }
  return { ok: true, subsidy: subsidyOf(calculation), calculation }
}

function faultsOfDate({ week_ending: ending, stands, original }: WeekOfHours, place: Place, today: string): Fault[] {
  // What a paid week was is what its adjustment is.
  if (original) return []
  const about = (code: string, params: Fault['params'] = {}): Fault => ({ path: 'week_ending', code, params })
  const faults: Fault[] = []
  if (!stands && weekdayOf(ending) !== place.payroll_weekday) {
    const before = lastWeekday(ending, place.payroll_weekday)
    faults.push(about('not_payroll_day', { contractor: place.contractor_name, before, after: dayAfter(before, 7) }))
  }
  if (ending > today) faults.push(about('in_future', { today }))
  if (ending < place.from_on || (place.until_on !== null && ending > place.until_on))
    faults.push(about(...span('outside_assignment', place.from_on, place.until_on)))
  if (ending < place.program_from_on || (place.program_until_on !== null && ending > place.program_until_on)) {
    const [code, params] = span('outside_program', place.program_from_on, place.program_until_on)
    faults.push(about(code, { ...params, program: place.program_name }))
  }
  return faults
}

const span = (code: string, from: string, until: string | null) =>
  [until === null ? `${code}_open` : code, { from, until }] as const

function faultsOfHours({ regular, overtime, days, original }: WeekOfHours, place: Place): Fault[] {
  const faults: Fault[] = []
  const given = { regular: [regular], overtime: [overtime], days: days?.flatMap((day) => [day.regular, day.overtime]) }
  for (const [path, some = []] of Object.entries(given)) {
    if (!original && some.some((hours) => compareDecimals(hours, '0') < 0)) faults.push({ path, code: 'negative' })
    if (some.some((hours) => !decimal(hours).mod(decimal(place.hour_step)).eq(decimal('0'))))
      faults.push({ path, code: 'not_in_steps', params: { step: place.hour_step } })
  }
  if (decimal(regular).plus(decimal(overtime)).abs().gt(decimal('168')))
    faults.push({ path: 'regular', code: 'too_many_hours' })
  if (place.state === 'cancelled') faults.push({ path: 'assignment', code: 'assignment_cancelled' })
  return faults
}

/** On these there is, or was, money for hours: asked for alone is not enough, and closed is closed. */
const fundedStates = ['awarded', 'won', 'agreed']

function faultsOfProject(ending: string, place: Place): Fault[] {
  if (!place.project) return []
  const params = { project: place.project_name }
  if (place.prevailing_wage === 'federal') return [{ path: 'assignment', code: 'federal_wage', params }]
  if (!fundedStates.includes(place.project_state ?? '')) return [{ path: 'assignment', code: 'no_award', params }]
  if (place.award_expires_on !== null && ending > place.award_expires_on)
    return [{ path: 'week_ending', code: 'award_expired', params: { ...params, on: place.award_expires_on } }]
  if (place.award_rate === null)
    return [{ path: 'assignment', code: 'no_award_rate', params: { ...params, classification: place.classification } }]
  return []
}
