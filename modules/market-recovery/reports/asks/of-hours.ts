import { type RawBuilder, sql } from 'kysely'
import { field } from '@commonhall/kernel'

/** The days that a report is about, by the last day of each week of hours. */
export const weeksAsked = {
  from: field.date({ label: 'Weeks ending from' }),
  until: field.date({ label: 'Weeks ending until' }),
} as const

/** Whose hours a report is about. */
export const whoseAsked = {
  program: field.ref('market-recovery.program'),
  contractor: field.ref('market-recovery.contractor'),
} as const

/** Hours that somebody stands behind: not drafts, and not what came back. */
export const counted = ['submitted', 'approved', 'paid'] as const

export const stateAsked = field.choice(counted, {
  label: 'State',
  help: 'Without one, all that was submitted, approved or paid.',
})

interface Asked {
  readonly from?: string | null
  readonly until?: string | null
  readonly program?: string | null
  readonly contractor?: string | null
  readonly member?: string | null
}

/** What was asked for as conditions on hours `h`; nothing of what was left open. */
export const hoursAsked = ({ from, until, program, contractor, member }: Asked): RawBuilder<unknown> =>
  allOf([
    from && sql`h.week_ending >= ${from}::date`,
    until && sql`h.week_ending <= ${until}::date`,
    program && sql`h.program = ${program}::uuid`,
    contractor && sql`h.contractor = ${contractor}::uuid`,
    member && sql`h.member = ${member}::uuid`,
  ])

/** All conditions that there are. */
export function allOf(conditions: readonly (RawBuilder<unknown> | string | null | undefined)[]): RawBuilder<unknown> {
  const given = conditions.filter((one): one is RawBuilder<unknown> => typeof one === 'object' && one !== null)
  return given.length ? sql.join(given, sql` and `) : sql`true`
}

/** The states of hours that were asked for. */
export const statesAsked = (state: string | null): RawBuilder<unknown> =>
  state === null ? sql`h.state in ('submitted', 'approved', 'paid')` : sql`h.state = ${state}`
