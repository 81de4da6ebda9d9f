import type { Insertable } from 'kysely'
import { dayAfter, lastWeekday, type Tables } from '@commonhall/kernel'
import type { DayOfWork } from '../week/calculation.ts'
import type { Place } from '../week/terms.ts'
import { reckon } from '../week/week.ts'

export type DemoWeek = Insertable<Tables['market_recovery.hours']> & {
  readonly state: string
  readonly week_ending: string
}

/** Who did what in the demo, by the ids of their sign-ins. */
export interface DemoPeople {
  readonly staff: string | null
  readonly officer: string | null
  readonly treasurer: string | null
}

/** Half a year of payroll weeks. */
const mostWeeks = 26
const regulars = ['40.00', '40.00', '40.00', '38.50', '40.00', '36.00', '40.00', '32.00', '37.25', '40.00']
const overtimes = ['0.00', '0.00', '2.75', '0.00', '6.00', '0.00', '0.00', '4.50']

/** Always the same number for the same two: what looks like chance in the demo is not. */
const mixed = (one: number, other: number) => ((one * 7919 + other * 104_729) >>> 0) % 1009

/** A working week on five days, the overtime on the last of them; the last two days of a week are free. */
function daysOf(ending: string, regular: string, overtime: string): DayOfWork[] {
  const quarters = Math.round(Number(regular) * 4)
  return Array.from({ length: 5 }, (_, n) => ({
    on: dayAfter(ending, n - 6),
    regular: ((Math.floor(quarters / 5) + (n < quarters % 5 ? 1 : 0)) / 4).toFixed(2),
    overtime: n === 4 ? overtime : '0.00',
  }))
}

/** How far a week has come: the older, the further. `back` counts weeks from the last one that has ended. */
function stateOf(back: number, chance: number): DemoWeek['state'] {
  if (back === 0) return chance % 2 ? 'draft' : 'submitted'
  if (back <= 2) return chance % 10 === 0 ? 'rejected' : 'submitted'
  return back <= 3 && chance % 6 === 0 ? 'submitted' : 'approved'
}

/** The weeks of an assignment up to a day, each reckoned as it would be had somebody entered it. */
export function demoWeeks(place: Place, number: number, today: string, people: DemoPeople): DemoWeek[] {
  const last = lastWeekday(today, place.payroll_weekday)
  return Array.from({ length: mostWeeks }, (_, back) => back).flatMap((back) => {
    const week_ending = dayAfter(last, -7 * back)
    const chance = mixed(number, back)
    if (week_ending < place.from_on || (place.until_on !== null && week_ending > place.until_on)) return []
    const regular = regulars[chance % regulars.length] ?? '40.00'
    const overtime = regular === '40.00' ? (overtimes[chance % overtimes.length] ?? '0.00') : '0.00'
    const given = { week_ending, regular, overtime, days: null, original: null }
    const whole = reckon(given, place, today)
    const days = whole.ok ? null : daysOf(week_ending, regular, overtime)
    const reckoned = whole.ok ? whole : reckon({ ...given, days }, place, today)
    if (!reckoned.ok) return []
    return [
      {
        ...settled(stateOf(back, chance), week_ending, people),
        ...of(place),
        week_ending,
        regular,
        overtime,
        days: days && (JSON.stringify(days) as never),
        subsidy: reckoned.subsidy,
        calculation: JSON.stringify(reckoned.calculation) as never,
      },
    ]
  })
}

const of = ({ assignment, member, contractor, program, project }: Place) => ({
  assignment,
  member,
  contractor,
  program,
  project,
})

/** Who took the steps that lead to a state, and when. */
function settled(state: DemoWeek['state'], ending: string, { staff, officer }: DemoPeople) {
  const at = (days: number, hour: string) => `${dayAfter(ending, days)}T${hour}:00:00Z`
  const submitted = { submitted_by: staff, submitted_at: at(1, '16') }
  if (state === 'submitted') return { state, ...submitted }
  if (state === 'rejected') return { state, ...submitted, reason: 'The overtime does not match the payroll.' }
  if (state === 'approved') return { state, ...submitted, approved_by: officer, approved_at: at(3, '18') }
  return { state }
}
