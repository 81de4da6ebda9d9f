import { sql } from 'kysely'
import type { Context } from '@commonhall/kernel'
import type { KeptWeek } from '../week/kept-week.ts'

/** The hours of these assignments in a week, by assignment; the adjustments of it stand apart. */
export async function weekRows(
  ctx: Context,
  assignments: readonly string[],
  weekEnding: string,
  lock = false,
): Promise<ReadonlyMap<string, KeptWeek>> {
  const { rows } = await sql<KeptWeek & { assignment: string }>`
    select h.assignment, h.id, h.version, h.state, h.regular, h.overtime, h.days,
      coalesce(h.over_40_confirmed, false) as over_40_confirmed, h.subsidy, h.note, h.reason
    from market_recovery.hours h
    where h.assignment = any(${[...assignments]}::uuid[]) and h.week_ending = ${weekEnding} and h.adjusts is null
    order by h.id ${lock ? sql`for update` : sql``}`.execute(ctx.db)
  return new Map(rows.map(({ assignment, ...week }) => [assignment, week]))
}
