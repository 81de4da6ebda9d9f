import { sql } from 'kysely'
import type { Context } from '@commonhall/kernel'
import type { Rules } from './rules.ts'

/** The version that is in force on a day, of the rules that somebody named; null when none is. */
export async function rulesInForce(ctx: Context, ruleSet: string, day: string): Promise<Rules | null> {
  const { rows } = await sql<{ rules: Rules | null }>`
    select governance.rules_in_force(${ruleSet}, ${day}::date) as rules`.execute(ctx.db)
  return rows[0]?.rules ?? null
}
