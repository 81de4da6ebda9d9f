import { sql } from 'kysely'
import type { Context } from '@commonhall/kernel'
import type { RulesInForce } from '../rules-in-force.ts'

interface Drawn {
  readonly id: string
  readonly rule_set: string | null
  readonly record_on: string | null
}

/**
 * Draws the roll by the rules in force on a day: whoever is of the electorate on the day of record, or else today. Null
 * where no version of the rules is in force.
 */
export async function drawRoll(
  ctx: Context,
  { id, rule_set, record_on }: Drawn,
  rulesOn: string,
): Promise<RulesInForce | null> {
  const { rows } = await sql<{ rules: RulesInForce | null }>`
    select governance.rules_in_force(${rule_set}::uuid, ${rulesOn}::date) as rules`.execute(ctx.db)
  const rules = rows[0]?.rules ?? null
  if (rules)
    await sql`select governance.draw_roll(${id}::uuid, ${JSON.stringify(rules)}::jsonb,
      ${record_on ?? ctx.today}::date)`.execute(ctx.db)
  return rules
}
