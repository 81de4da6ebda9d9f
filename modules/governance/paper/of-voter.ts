import { sql } from 'kysely'
import { type Context, refuse, say } from '@commonhall/kernel'

/** A row of the roll, locked: whoever takes a ballot online at the same moment waits, and so do we. */
export interface OnRoll {
  readonly id: string
  readonly election: string
  readonly name: string
  readonly eligible: boolean
  readonly taken: string
  readonly challenge: string | null
}

/** Without the lock: only which election it is of, for the election is locked first, by everybody. */
export async function electionOfVoter(ctx: Context, id: string): Promise<string> {
  const { rows } = await sql<{ election: string }>`select election from governance.voter where id = ${id}`.execute(
    ctx.db,
  )
  return rows[0]?.election ?? refuse('not_found', say('governance:closing.no_voter'))
}

export async function lockedVoter(ctx: Context, id: string): Promise<OnRoll> {
  const { rows } = await sql<OnRoll>`
    select id, election, name, eligible, taken, challenge from governance.voter where id = ${id} for update`.execute(
    ctx.db,
  )
  return rows[0] ?? refuse('not_found', say('governance:closing.no_voter'))
}

/** Nobody has two ballots: whatever was taken before, in whatever way. */
export function refuseTaken({ name, taken }: OnRoll): void {
  if (taken !== 'none') refuse('already_taken', say(`governance:closing.taken.${taken}`, { name }), { status: 409 })
}
