import { sql } from 'kysely'
import type { Context } from '@commonhall/kernel'
import type { Calculation, DayOfWork } from '../week/calculation.ts'

/** A week to be written as it will stand. */
export interface NewWeek {
  /** Of the week that is there already; null makes one. */
  readonly id: string | null
  readonly assignment: string
  readonly member: string
  readonly contractor: string
  readonly program: string
  readonly project: string | null
  readonly week_ending: string
  readonly regular: string
  readonly overtime: string
  readonly days: readonly DayOfWork[] | null
  readonly over_40_confirmed: boolean | null
  readonly note: string | null
  readonly subsidy: string
  readonly calculation: Calculation
}

const columns = sql`assignment uuid, member uuid, contractor uuid, program uuid, project uuid, week_ending date,
  regular numeric, overtime numeric, days jsonb, over_40_confirmed boolean, note text, subsidy numeric,
  calculation jsonb, id uuid`

/** JSON's null is no value, rather than a value that is null. */
const given = (weeks: readonly NewWeek[]) => JSON.stringify(weeks)

/** Makes the weeks that are new and changes the others: two statements for all. Answers the ids by assignment. */
export async function writeWeeks(ctx: Context, weeks: readonly NewWeek[]): Promise<ReadonlyMap<string, string>> {
  const [made, changed] = [weeks.filter(({ id }) => id === null), weeks.filter(({ id }) => id !== null)]
  const written: { assignment: string; id: string }[] = []
  if (changed.length) {
    const { rows } = await sql<{ assignment: string; id: string }>`
      update market_recovery.hours h set regular = w.regular, overtime = w.overtime, days = nullif(w.days, 'null'),
        over_40_confirmed = w.over_40_confirmed, note = w.note, subsidy = w.subsidy, calculation = w.calculation,
        version = h.version + 1, updated_at = now()
      from jsonb_to_recordset(${given(changed)}::jsonb) w(${columns})
      where h.id = w.id returning h.assignment, h.id`.execute(ctx.db)
    written.push(...rows)
  }
  if (made.length) {
    const { rows } = await sql<{ assignment: string; id: string }>`
      insert into market_recovery.hours (assignment, member, contractor, program, project, week_ending, regular,
        overtime, days, over_40_confirmed, note, subsidy, calculation)
      select assignment, member, contractor, program, project, week_ending, regular, overtime, nullif(days, 'null'),
        over_40_confirmed, note, subsidy, calculation
      from jsonb_to_recordset(${given(made)}::jsonb) w(${columns})
      on conflict (org_id, assignment, week_ending) where adjusts is null do nothing returning assignment, id`.execute(
      ctx.db,
    )
    written.push(...rows)
  }
  return new Map(written.map(({ assignment, id }) => [assignment, id]))
}

/** Submits weeks, in one statement. */
export async function submitWeeks(ctx: Context, ids: readonly string[]): Promise<void> {
  if (!ids.length) return
  await sql`select set_config('app.act', 'submit', true)`.execute(ctx.db)
  await sql`update market_recovery.hours set state = 'submitted', submitted_by = ${ctx.actor.userId},
      submitted_at = now(), reason = null, version = version + 1, updated_at = now()
    where id = any(${[...ids]}::uuid[])`.execute(ctx.db)
  await sql`select set_config('app.act', '', true)`.execute(ctx.db)
}
