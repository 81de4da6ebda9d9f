import { sql } from 'kysely'
import { defineJob, field } from '@commonhall/kernel'
import { electionNotice } from './election-notice.ts'

/** So many are handed to the mail in one transaction. */
const batch = 500

interface Taken {
  readonly id: string
  readonly member: string
  readonly nth: number
}

/** What waits to be mailed. How often each member was written to before is counted: by that the mail is found again. */
const waiting = (election: string) => sql<Taken>`
  with mailed as (
    select n.id, n.member, n.state, (row_number() over (partition by n.voter, n.member order by n.id))::int as nth
    from governance.voter_notice n
    where n.election = ${election}::uuid and n.way = 'mail' and n.member is not null)
  select id, member, nth from mailed where state = 'queued' order by id limit ${batch}`

/** Hands notices to the mail, so many at a time, until none waits. What came of each is read from the mail itself. */
export const noticesGoOut = defineJob('governance.notices-go-out', {
  fields: { election: field.ref('governance.election', { required: true }) },
  unique: ({ election }) => election,
  atOnce: { perOrg: 1 },
  async run(ctx, { election }) {
    const { rows: found } = await sql<{ name: string; opens_at: string; closes_at: string; contests: string }>`
      select e.name::text as name, e.opens_at, e.closes_at, coalesce((select left(string_agg(c.name, ', '
        order by c.position, c.id), 500) from governance.contest c where c.election = e.id), '') as contests
      from governance.election e
      where e.id = ${election}::uuid and e.state in ('published', 'voting') for update`.execute(ctx.db)
    const [about] = found
    if (!about) return
    const { rows: taken } = await waiting(election).execute(ctx.db)
    for (const [nth, some] of Map.groupBy(taken, (one) => one.nth))
      await ctx.notify(
        electionNotice,
        { election, ...about },
        { to: some.map(({ member }) => ({ member })), key: `${election} ${nth}` },
      )
    if (taken.length)
      await sql`select governance.hand_over(${election}::uuid, ${JSON.stringify(taken)}::jsonb)`.execute(ctx.db)
    if (taken.length === batch) await ctx.enqueue(noticesGoOut, { election })
  },
})
