import { sql } from 'kysely'
import { defineJob, field } from '@commonhall/kernel'
import { voteClosing, voteOpened } from '@commonhall/modules/notices'

/** So many people are told in one transaction. */
const batch = 500

/** Tells those whose vote is missing that a roll call has opened, or is about to close: each once. */
export const votersAreTold = defineJob('governance.roll-calls-are-told', {
  fields: {
    proposal: field.ref('governance.proposal', { required: true }),
    news: field.choice(['opened', 'closing'], { required: true }),
    after: field.ref('members.member'),
  },
  unique: ({ proposal, news, after }) => `${proposal} ${news} ${after}`,
  async run(ctx, { proposal, news, after }) {
    const found = await ctx.db
      .selectFrom('governance.proposal')
      .select(['number', 'title', 'state', 'closes_at'])
      .where('id', '=', proposal)
      .executeTakeFirst()
    if (found?.state !== 'voting' || !found.closes_at) return
    const { rows } = await sql<{ member: string }>`
      select distinct h.member from governance.vote v join governance.vote_holder h on h.vote = v.id
      where v.proposal = ${proposal}::uuid and v.eligible and v.choice is null
        and (${after}::uuid is null or h.member > ${after}::uuid)
      order by h.member limit ${batch}`.execute(ctx.db)
    const last = rows.at(-1)?.member
    if (!last) return
    await ctx.notify(
      news === 'opened' ? voteOpened : voteClosing,
      { vote: `${found.number} ${found.title}`, closes_at: found.closes_at, path: `/proposals/${proposal}` },
      {
        to: rows.map(({ member }) => ({ member })),
        about: { resource: 'governance.proposal', id: proposal },
        key: `${proposal} ${news}`,
      },
    )
    if (rows.length === batch) await ctx.enqueue(votersAreTold, { proposal, news, after: last })
  },
})
