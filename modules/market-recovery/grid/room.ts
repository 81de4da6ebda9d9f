import { sql } from 'kysely'
import { type Context, decimal, type Decimal } from '@commonhall/kernel'

const mostHours = decimal('168')

/** How many hours members have in the week from Monday to Sunday that a day lies in, beside some that are named. */
export async function hoursBeside(
  ctx: Context,
  members: readonly string[],
  weekEnding: string,
  beside: readonly string[],
): Promise<ReadonlyMap<string, Decimal>> {
  // Whoever writes hours of these members now waits until this is done: what is seen here stays so.
  await sql`select from members.member where id = any(${[...members]}::uuid[]) order by id for no key update`.execute(
    ctx.db,
  )
  const { rows } = await sql<{ member: string; hours: string }>`
    select h.member, sum(h.regular + h.overtime)::text as hours from market_recovery.hours h
    where h.member = any(${[...members]}::uuid[]) and h.state <> 'rejected' and h.id <> all(${[...beside]}::uuid[])
      and h.week_ending between date_trunc('week', ${weekEnding}::date)::date
        and date_trunc('week', ${weekEnding}::date)::date + 6
    group by h.member`.execute(ctx.db)
  return new Map(rows.map(({ member, hours }) => [member, decimal(hours)]))
}

/** Fills weeks one after the other: each member has 168 hours. Tells what is too much. */
export class Room {
  readonly #had: Map<string, Decimal>

  constructor(had: ReadonlyMap<string, Decimal>) {
    this.#had = new Map(had)
  }

  /** Takes hours of a member's week; the sum that it would come to, if it does not fit. */
  take(member: string, hours: Decimal): string | undefined {
    const sum = (this.#had.get(member) ?? decimal('0')).plus(hours)
    if (sum.gt(mostHours)) return sum.toFixed(2)
    this.#had.set(member, sum)
    return undefined
  }
}
