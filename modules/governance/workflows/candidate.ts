import { sql } from 'kysely'
import { type Context, defineWorkflow, field, type RowOf, say } from '@commonhall/kernel'
import { candidate } from '../resources/candidate.ts'

type Candidate = RowOf<typeof candidate>

const rule = 'governance.candidate.answer'
const answered_at = () => new Date().toISOString()

/** Whether the election still takes answers, and whether the time for nominations is over. */
async function timeOf(ctx: Context, { election }: Candidate): Promise<{ open: boolean; over: boolean }> {
  const { rows } = await sql<{ open: boolean; over: boolean }>`
    select state in ('draft', 'nominations') as open, coalesce(nominations_until_at <= now(), false) as over
    from governance.election where id = ${election}::uuid`.execute(ctx.db)
  return rows[0] ?? { open: false, over: true }
}

const untilPublished = async (ctx: Context, record: Candidate) =>
  (await timeOf(ctx, record)).open ? undefined : say('governance:held.ballot_stays')

/** A yes comes within the time for nominations, unless an officer takes it. */
async function inTime(ctx: Context, record: Candidate): Promise<string | undefined> {
  const { open, over } = await timeOf(ctx, record)
  if (!open) return say('governance:held.ballot_stays')
  const isOfficer = ctx.actor.kind === 'system' || ctx.actor.permissions.has('governance.candidate.remove')
  return over && !isOfficer ? say('governance:nomination.expired') : undefined
}

/** A nomination is answered by the nominee, or by an officer to whom the nominee has said it. */
export const candidateWorkflow = defineWorkflow(candidate, {
  accept: {
    label: 'Accept the nomination',
    from: ['nominated', 'declined'],
    to: 'accepted',
    rule,
    tone: 'primary',
    guard: inTime,
    sets: () => ({ answered_at: answered_at() }),
  },
  decline: {
    label: 'Decline',
    from: ['nominated'],
    to: 'declined',
    rule,
    guard: untilPublished,
    sets: () => ({ answered_at: answered_at() }),
  },
  withdraw: { label: 'Withdraw', from: ['accepted'], to: 'withdrawn', rule, tone: 'danger', guard: untilPublished },
  remove: {
    label: 'Remove',
    from: ['nominated', 'accepted'],
    to: 'removed',
    rule: 'governance.candidate.remove',
    tone: 'danger',
    asks: { reason: field.text({ required: true, min: 3, max: 500 }) },
    guard: untilPublished,
    sets: (_ctx, _record, input) => ({ reason: input['reason'] }),
  },
})
