import { sql } from 'kysely'
import { type Context, defineJob, field, type RowOf } from '@commonhall/kernel'
import { voteClosing, voteOpened } from '@commonhall/modules/notices'
import type { election } from '../../resources/election.ts'

type Election = RowOf<typeof election>

/** So many people are told in one transaction. */
const batch = 500
const day = 86_400_000

interface Row {
  readonly member: string
}

/** Who may still vote: the next of them by id. Whoever shares a vote that was taken has nothing left to do. */
const still = (id: string, after: string | null) => sql<Row>`
  select distinct h.member from governance.voter v join governance.voter_holder h on h.voter = v.id
  where v.election = ${id}::uuid and v.eligible and v.taken = 'none'
    and (${after}::uuid is null or h.member > ${after}::uuid)
  order by h.member limit ${batch}`

/** Tells voters that voting has opened, or is about to close: so many at a time, each once. */
export const votersAreTold = defineJob('governance.voters-are-told', {
  fields: {
    election: field.ref('governance.election', { required: true }),
    news: field.choice(['opened', 'closing'], { required: true }),
    after: field.ref('members.member'),
  },
  unique: ({ election, news, after }) => `${election} ${news} ${after}`,
  async run(ctx, { election, news, after }) {
    const found = await ctx.db
      .selectFrom('governance.election')
      .select(['id', 'name', 'state', 'closes_at'])
      .where('id', '=', election)
      .executeTakeFirst()
    if (found?.state !== 'voting' || !found.closes_at) return
    const { rows } = await still(election, after).execute(ctx.db)
    const last = rows.at(-1)?.member
    if (!last) return
    const payload = { vote: found.name, closes_at: found.closes_at, path: `/elections/${election}` }
    const to = rows.map(({ member }) => ({ member }))
    await ctx.notify(news === 'opened' ? voteOpened : voteClosing, payload, { to, key: `${election} ${news}` })
    if (rows.length === batch) await ctx.enqueue(votersAreTold, { election, news, after: last })
  },
})

/** When those who have not voted are reminded: a day before the end, or halfway where voting is shorter than two. */
export function remindAt(opensAt: string, closesAt: string): string {
  const [opens, closes] = [Date.parse(opensAt), Date.parse(closesAt)]
  return new Date(Math.max(closes - day, (opens + closes) / 2)).toISOString()
}

/** Tells everybody who may vote, now and before the end. */
export async function tellVoters(ctx: Context, { id, opened_at: opened, closes_at: closes }: Election): Promise<void> {
  await ctx.enqueue(votersAreTold, { election: id, news: 'opened', after: null })
  if (!opened || !closes) return
  const startAfter = remindAt(opened, closes)
  await ctx.enqueue(votersAreTold, { election: id, news: 'closing', after: null }, { startAfter })
}
