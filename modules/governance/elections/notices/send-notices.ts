import { sql } from 'kysely'
import { type Context, defineRoute, field, isUuid, refuse, refuseField, say } from '@commonhall/kernel'
import { noticesGoOut } from './go-out.ts'

/** A notice that was given by post or by hand: to which voter, and what proves it. */
interface Given {
  readonly voter: string
  readonly proof?: string | null
}

const most = 20_000
const schema = {
  type: 'array',
  maxItems: most,
  items: {
    type: 'object',
    required: ['voter'],
    properties: {
      voter: { type: 'string', format: 'uuid' },
      proof: { type: ['string', 'null'], maxLength: 500 },
    },
  },
} as const

function readGiven(given: unknown): readonly Given[] | null {
  if (given === null) return null
  const isOne = (one: unknown): one is Given => {
    const { voter, proof = null } = (one ?? {}) as Partial<Given>
    return isUuid(voter) && (proof === null || (typeof proof === 'string' && proof.length <= 500))
  }
  if (Array.isArray(given) && given.length <= most && given.every(isOne)) return given
  return refuseField('voters', 'not_voters', say('governance:notify.no_voter'))
}

interface Wanted {
  readonly id: string
  readonly way: 'mail' | 'post' | 'hand'
  readonly sentOn: string
  readonly proof: string | null
  readonly given: readonly Given[] | null
}

/** Who is to have a notice and has none that is proven or under way, each with the address that is last known. */
const wanting = ({ id, way, given }: Wanted) => sql`
  select v.id as voter, h.member, v.name, g.proof, case when ${way} = 'mail'
      then u.address else m.address::text end as address
  from governance.voter v join governance.voter_holder h on h.voter = v.id
    join members.member m on m.id = h.member and m.archived_at is null
    left join governance.mail_addresses() u on u.member = m.id
    left join jsonb_to_recordset(${JSON.stringify(given ?? [])}::jsonb) g (voter uuid, proof text) on g.voter = v.id
  where v.election = ${id}::uuid and v.eligible and (case when ${given === null} then v.notice in ('missing', 'failed')
    else g.voter is not null end)`

/** Writes a notice for each; whoever has no address is left out, and named. */
async function record(ctx: Context, wanted: Wanted) {
  const { id, way, sentOn, proof } = wanted
  const { rows } = await sql<{ recorded: number; left_out: number; first: string[] | null }>`
    with wanting as materialized (${wanting(wanted)}),
    -- By hand a notice reaches a person, wherever they live.
    placed as (select w.*, coalesce(w.address, case when ${way} = 'hand' then w.name end) as place from wanting w),
    written as (
      insert into governance.voter_notice (election, voter, member, way, address, sent_on, state, proof, recorded_by)
      select ${id}::uuid, p.voter, p.member, ${way}, left(p.place, 400), ${sentOn}::date,
        ${way === 'mail' ? 'queued' : 'sent'}, coalesce(p.proof, ${proof}), ${ctx.actor.userId}::uuid
      from placed p where p.place is not null returning voter)
    select (select count(*)::int from written) as recorded,
      (select count(*)::int from placed where place is null) as left_out,
      (select array_agg(name) from (select name from placed where place is null order by name limit 5) f) as first
    `.execute(ctx.db)
  const [row] = rows
  return { recorded: row?.recorded ?? 0, left_out: row?.left_out ?? 0, first: row?.first ?? [] }
}

/** Tells every voter who has had no notice, by mail; or keeps that they were told by post or by hand, and the proof. */
export const sendNotices = defineRoute({
  method: 'POST',
  path: '/elections/{id}/notices',
  summary: 'Send notices, or record those that were given',
  rule: 'governance.voter.note',
  params: { id: field.ref('governance.election', { required: true }) },
  body: {
    way: field.choice(['mail', 'post', 'hand'], { required: true }),
    sent_on: field.date({ help: 'The day on which they were given. Today, when left out.' }),
    proof: field.text({ max: 500, help: 'Such as the number on the postal receipt.' }),
    voters: field.json({ schema, help: 'Left out: everybody who has had none.' }),
  },
  reply: {
    type: 'object',
    required: ['recorded', 'left_out', 'first'],
    properties: {
      recorded: { type: 'integer', minimum: 0 },
      left_out: { type: 'integer', minimum: 0 },
      first: { type: 'array', maxItems: 5, items: { type: 'string', maxLength: 240 } },
    },
  },
  async run(ctx, { params: { id }, body: { way, sent_on, proof, voters } }) {
    const { rows } = await sql<{ state: string }>`
      select state from governance.election where id = ${id}::uuid for update`.execute(ctx.db)
    if (!rows[0]) refuse('not_found', say('governance:held.no_election'))
    if (!['published', 'voting'].includes(rows[0]?.state ?? '')) refuse('conflict', say('governance:notify.not_now'))
    const sentOn = way === 'mail' ? ctx.today : (sent_on ?? ctx.today)
    if (sentOn > ctx.today) refuseField('sent_on', 'in_future', say('governance:notify.in_future', { day: sentOn }))
    const given = readGiven(voters)
    if (way !== 'mail' && proof === null && !given?.every((one) => one.proof))
      refuseField('proof', 'no_proof', say('governance:notify.no_proof'))
    const told = await record(ctx, { id, way, sentOn, proof, given })
    if (way === 'mail' && told.recorded) await ctx.enqueue(noticesGoOut, { election: id })
    return told
  },
})
