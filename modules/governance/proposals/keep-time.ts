import { sql } from 'kysely'
import { type Context, defineJob, field, Refusal } from '@commonhall/kernel'
import { proposalWorkflow } from '../workflows/proposal.ts'

interface Due {
  readonly id: string
  readonly act: 'open-vote' | 'close-vote'
}

const dueNow = (id: string | null) => sql<Due>`
  select p.id, case p.state when 'discussion' then 'open-vote' else 'close-vote' end as act
  from governance.proposal p
  where (${id}::uuid is null or p.id = ${id}::uuid) and (p.state = 'discussion' and p.opens_at <= now()
    or p.state = 'voting' and p.way = 'roll-call' and p.closes_at <= now())
  order by p.id limit 200`

/**
 * Opens or closes one vote that is due, in a transaction of its own: what fails holds up no other. A vote that cannot
 * open yet is looked at again.
 */
export const proposalGoesOn = defineJob('governance.proposal-goes-on', {
  fields: { proposal: field.ref('governance.proposal', { required: true }) },
  unique: ({ proposal }) => proposal,
  async run(ctx, { proposal }) {
    const [due] = (await dueNow(proposal).execute(ctx.db)).rows
    if (due) await carryOut(ctx, due)
  },
})

async function carryOut(ctx: Context, { id, act }: Due): Promise<void> {
  await sql`savepoint one`.execute(ctx.db)
  try {
    await ctx.transition(proposalWorkflow, id, act)
  } catch (error) {
    // Somebody was faster, or something is missing that can be made up for: it is as if nobody had tried.
    if (!(error instanceof Refusal)) throw error
    await sql`rollback to savepoint one`.execute(ctx.db)
  }
}

/** Each minute: what is to open or to close. No vote is taken after its end, however late this comes. */
export const proposalsKeepTime = defineJob('governance.proposals-keep-time', {
  schedule: '* * * * *',
  async run(ctx) {
    for (const { id } of (await dueNow(null).execute(ctx.db)).rows) await ctx.enqueue(proposalGoesOn, { proposal: id })
  },
})
