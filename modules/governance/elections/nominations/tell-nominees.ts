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
  const { rows } = await sql<Untold>`
    select k.id, k.member, e.id as election, e.name::text as name, c.name::text as contest,
      e.nominations_until_at as until, b.first_name || ' ' || b.last_name as by
    from governance.election e
      join governance.candidate k on k.election = e.id and k.state = 'nominated' and k.member is not null
      join governance.contest c on c.id = k.contest
      left join members.member b on b.id = k.nominated_by
    where e.state in ('draft', 'nominations') and not exists (
      select from foundation.notification n where n.notice = ${nominated.name} and n.key = k.id::text)
    order by k.id limit 200`.execute(ctx.db)
  for (const { id, member, by, ...facts } of rows)
    await ctx.notify(
      nominated,
      { candidate: id, ...facts, by: by ?? say('governance:nominated.somebody') },
      { to: { member }, key: id },
    )
}
