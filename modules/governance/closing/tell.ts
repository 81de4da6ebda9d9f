import { sql } from 'kysely'
import type { Context } from '@commonhall/kernel'
import { electionCounted, resultPublished, tieToSettle } from './election-counted.ts'

interface Named {
  readonly id: string
  readonly name: string
}

const officers = { permission: 'governance.election.count' }
const about = ({ id }: Named) => ({ resource: 'governance.election', id })

/** The seal is out: in an event, in the trail of the election, and with everybody who runs or watches it. */
export async function tellOfResult(ctx: Context, election: Named, seal: string): Promise<void> {
  await ctx.emit(electionCounted, { election: election.id, seal })
  const { rows } = await sql<{ member: string }>`
    select member from governance.observer where election = ${election.id} order by member`.execute(ctx.db)
  await ctx.notify(
    resultPublished,
    { election: election.id, name: election.name, seal },
    { to: [officers, ...rows], about: about(election), key: `governance.result ${election.id}` },
  )
}

export async function tellOfTie(ctx: Context, election: Named): Promise<void> {
  await ctx.notify(
    tieToSettle,
    { election: election.id, name: election.name },
    { to: officers, about: about(election) },
  )
}
