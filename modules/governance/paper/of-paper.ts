import { sql } from 'kysely'
import { type Context, refuse, say } from '@commonhall/kernel'
import { lockedElection, uncountedElection } from './of-election.ts'

export interface PaperHeld {
  readonly id: string
  readonly election: string
  readonly number: string
  readonly state: string
  readonly first_by: string | null
  readonly second_by: string | null
}

/** A paper of an election that is not counted yet; `closed`: and in which nobody votes any more. */
export async function heldPaper(
  ctx: Context,
  id: string,
  { closed }: { readonly closed: boolean },
): Promise<PaperHeld> {
  const { rows } = await sql<{ election: string }>`
    select election from governance.paper_ballot where id = ${id}`.execute(ctx.db)
  const election = rows[0]?.election ?? refuse('not_found', say('governance:closing.no_such_paper'))
  if (closed) await uncountedElection(ctx, election, 'update')
  else {
    const { seal, name } = await lockedElection(ctx, election, 'update')
    if (seal !== null) refuse('conflict', say('governance:closing.counted_already', { name }))
  }
  const held = await sql<PaperHeld>`
    select id, election, number, state, first_by, second_by from governance.paper_ballot where id = ${id}`.execute(
    ctx.db,
  )
  return held.rows[0] ?? refuse('not_found', say('governance:closing.no_such_paper'))
}

export const setPaper = (ctx: Context, id: string, state: string, reason: string | null) =>
  sql`update governance.paper_ballot set state = ${state},
    reason = left(concat_ws(' – ', reason, ${reason}::text), 500),
    version = version + 1, updated_at = now() where id = ${id}`.execute(ctx.db)
