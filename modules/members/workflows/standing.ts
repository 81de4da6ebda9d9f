import { type Context, defineWorkflow, field, type RowOf, say } from '@commonhall/kernel'
import { standingChanged } from '../events.ts'
import { member } from '../resources/member.ts'

type Member = RowOf<typeof member>

const asks = {
  from_on: field.date({ label: 'From', default: 'today' }),
  reason: field.longText({ max: 1000, min: 3, required: true }),
}

/** The history keeps every change of standing with its day and reason. */
async function remember(ctx: Context, record: Member, input: Record<string, unknown>): Promise<void> {
  const { from_on, reason = null } = input as { from_on: string | null; reason?: string | null }
  const row = { member: record.id, state: record.state, from_on: from_on ?? ctx.today, reason }
  await ctx.db.insertInto('members.standing').values(row).execute()
}

/** A change of standing cannot be dated before the person joined. */
function notBeforeJoining(_ctx: Context, record: Member, input: Record<string, unknown>): string | undefined {
  const from = input['from_on']
  if (typeof from !== 'string' || !record.joined_on || from >= record.joined_on) return undefined
  return say('members:standing.before_joining', { joined: record.joined_on })
}

const change = {
  rule: 'members.member.change-standing',
  asks,
  guard: notBeforeJoining,
  after: remember,
  emits: {
    event: standingChanged,
    payload: (record: Member, input: Record<string, unknown>) => ({
      member: record.id,
      state: record.state,
      reason: input['reason'] as string,
    }),
  },
}

export const standingWorkflow = defineWorkflow(member, {
  admit: {
    label: 'Admit',
    from: ['applicant'],
    to: 'active',
    rule: 'members.member.admit',
    tone: 'primary',
    asks: { from_on: asks.from_on },
    after: remember,
    emits: change.emits,
  },
  suspend: { ...change, label: 'Suspend', from: ['active'], to: 'suspended', tone: 'danger' },
  reinstate: { ...change, label: 'Reinstate', from: ['suspended', 'withdrawn'], to: 'active' },
  withdraw: {
    ...change,
    label: 'Withdraw',
    from: ['applicant', 'active', 'suspended'],
    to: 'withdrawn',
    tone: 'danger',
  },
  retire: { ...change, label: 'Retire', from: ['active', 'suspended'], to: 'retired' },
  'record-death': {
    ...change,
    label: 'Record death',
    from: ['active', 'suspended', 'withdrawn', 'retired'],
    to: 'deceased',
    tone: 'danger',
  },
})
