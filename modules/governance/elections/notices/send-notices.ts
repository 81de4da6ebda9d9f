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

/** Writes a notice for each; whoever has no address is left out, and named. */
async function record(ctx: Context, { id, way, sentOn, proof, given }: Wanted) {
  const { rows } = await sql<{ recorded: number; left_out: number; first: string[] }>`
    select * from governance.record_notices(${id}::uuid, ${way}, ${sentOn}::date, ${proof}::text,
      ${given && JSON.stringify(given)}::jsonb, ${ctx.actor.userId}::uuid)`.execute(ctx.db)
  return rows[0] ?? { recorded: 0, left_out: 0, first: [] }
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
