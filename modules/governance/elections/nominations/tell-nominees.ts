import { sql } from 'kysely'
import { type Context, say } from '@commonhall/kernel'
import { nominated } from './nominated.ts'

interface Untold {
  readonly id: string
  readonly member: string
  readonly election: string
  readonly name: string
  readonly contest: string
  readonly until: string | null
  readonly by: string | null
}

/** Tells everybody who was nominated and has not heard of it, by whichever door the nomination came. */
export async function tellNominees(ctx: Context): Promise<void> {
  const { rows } = await sql<Untold>`select * from governance.untold_nominees()`.execute(ctx.db)
  for (const { id, member, by, ...facts } of rows)
    await ctx.notify(
      nominated,
      { candidate: id, ...facts, by: by ?? say('governance:nominated.somebody') },
      { to: { member }, key: id },
    )
}
