import { sql } from 'kysely'
import { type Context, refuse, say } from '@commonhall/kernel'

/** An election as whoever handles its papers needs it. */
export interface Held {
  readonly id: string
  readonly name: string
  readonly state: string
  readonly seal: string | null
  /** Votes are taken now: also the hour of closing has not come. */
  readonly open: boolean
}

/** Whoever closes or counts waits for us, and we for them. */
const locks = { share: sql`for share`, update: sql`for update` }

/** @throws Refusal `not_found` */
export async function lockedElection(ctx: Context, id: string, lock: keyof typeof locks = 'share'): Promise<Held> {
  const { rows } = await sql<Held>`
    select id, name, state, seal, governance.is_voting(id) as open from governance.election
    where id = ${id} ${locks[lock]}`.execute(ctx.db)
  return rows[0] ?? refuse('not_found', say('governance:closing.no_election'))
}

/** While people vote: papers are given out, envelopes are taken in. */
export async function votingElection(ctx: Context, id: string): Promise<Held> {
  const election = await lockedElection(ctx, id)
  if (!election.open) refuse('conflict', say('governance:closing.not_voting', { name: election.name }))
  return election
}

/** After the close and before the count. Entered earlier, papers would tell how the vote stands. */
export async function uncountedElection(ctx: Context, id: string, lock: keyof typeof locks = 'share'): Promise<Held> {
  const election = await lockedElection(ctx, id, lock)
  const { state, seal, name } = election
  if (seal !== null) refuse('conflict', say('governance:closing.counted_already', { name }))
  if (state !== 'counting') refuse('conflict', say('governance:closing.not_closed', { name }))
  return election
}
