import { sql } from 'kysely'
import { type Context, defineJob, field, spokenInstant } from '@commonhall/kernel'
import { electionWorkflow } from '../../workflows/election.ts'
import { heldUp } from '../notices/held-up.ts'
import { tellNominees } from '../nominations/tell-nominees.ts'
import { readiness } from '../readiness/facts.ts'
import { drawRoll } from '../roll/draw.ts'

interface Due {
  readonly id: string
  readonly name: string
  readonly state: 'published' | 'voting'
  readonly rule_set: string | null
  readonly record_on: string | null
  readonly opens_at: string | null
  readonly closes_at: string | null
  readonly time_zone: string
}

/** What is due of one election. Whoever comes second finds it done. */
const dueNow = (id: string | null) => sql<Due>`
  select e.id, e.name, e.state, e.rule_set, e.record_on, e.opens_at, e.closes_at, governance.home_zone() as time_zone
  from governance.election e
  where (${id}::uuid is null or e.id = ${id}::uuid) and (e.state = 'published' and e.opens_at <= now()
    or e.state = 'voting' and e.closes_at <= now())
  order by e.id limit 200`

/** Voting that is not ready stays closed; whoever may open it is told why, once for each hour at which it was due. */
async function open(ctx: Context, due: Due): Promise<void> {
  await drawRoll(ctx, due, ctx.today)
  const { missing } = await readiness(ctx, due.id, 'open')
  if (!missing.length) return void (await ctx.transition(electionWorkflow, due.id, 'open'))
  await ctx.notify(
    heldUp,
    {
      election: due.id,
      name: due.name,
      opens: spokenInstant(due.opens_at ?? '', due.time_zone),
      missing: missing.map(({ sentence }) => sentence).join('\n'),
    },
    {
      to: { permission: 'governance.election.open' },
      about: { resource: 'governance.election', id: due.id },
      key: `${due.id} ${due.opens_at}`,
    },
  )
}

/** Opens or closes one election that is due, in a transaction of its own: what fails holds up no other. */
export const electionGoesOn = defineJob('governance.election-goes-on', {
  fields: { election: field.ref('governance.election', { required: true }) },
  unique: ({ election }) => election,
  atOnce: { perOrg: 2 },
  async run(ctx, { election }) {
    await sql`select from governance.election where id = ${election}::uuid for update`.execute(ctx.db)
    const { rows } = await dueNow(election).execute(ctx.db)
    const [due] = rows
    if (due?.state === 'published') await open(ctx, due)
    else if (due) await ctx.transition(electionWorkflow, due.id, 'close')
  },
})

/** Each minute: what is to open or to close, what became of the mails with notices, who was nominated. */
export const electionClock = defineJob('governance.elections-keep-time', {
  schedule: '* * * * *',
  async run(ctx) {
    const { rows } = await dueNow(null).execute(ctx.db)
    for (const { id } of rows) await ctx.enqueue(electionGoesOn, { election: id })
    await sql`select governance.settle_notices()`.execute(ctx.db)
    await tellNominees(ctx)
  },
})
