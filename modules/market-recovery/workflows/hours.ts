import { type Context, defineWorkflow, field, refuse, type RowOf, say, spokenMoney } from '@commonhall/kernel'
import { faultSentence } from '../week/fault-sentence.ts'
import { hours } from '../resources/hours.ts'
import { tellApprovers } from '../telling/tell-approvers.ts'
import { tellSubmitter } from '../telling/tell-submitter.ts'
import { warnOfSpending } from '../telling/warn-of-spending.ts'
import { objectionTo } from '../week/week-to-submit.ts'
import { reckonHours } from '../writings/hours.ts'

type Hours = RowOf<typeof hours>

/** Reckons a week once more, as rates and dates are now; ends in a refusal where something stands against it. */
async function reckonAgain(ctx: Context, record: Hours): Promise<Partial<Hours>> {
  const [verdict] = await reckonHours(ctx, [{ ...record, stands: true }])
  if (verdict?.errors) return refuse('invalid', verdict.errors[0]?.message ?? '', { errors: verdict.errors })
  return verdict?.sets ?? {}
}

/** Whether more than 40 regular hours are right: as it was answered now, or when the week was entered. */
const confirmed = (record: Hours, input: Record<string, unknown>) => {
  const answer = input['over_40_confirmed'] ?? record.over_40_confirmed
  return typeof answer === 'boolean' ? answer : null
}

/** What is approved is what was shown: a scale that has been changed meanwhile makes it another amount. */
async function sameAmount(ctx: Context, record: Hours): Promise<string | undefined> {
  const { subsidy } = await reckonAgain(ctx, record)
  return subsidy === record.subsidy
    ? undefined
    : say('market-recovery:hours.amount_changed', {
        was: spokenMoney(record.subsidy),
        now: spokenMoney(String(subsidy)),
      })
}

const reason = field.longText({ required: true, min: 3, max: 1000 })

export const hoursWorkflow = defineWorkflow(
  hours,
  {
    submit: {
      label: 'Submit',
      from: ['draft', 'rejected'],
      to: 'submitted',
      rule: 'market-recovery.hours.submit',
      tone: 'primary',
      asks: { over_40_confirmed: field.yesNo({ label: 'More than 40 regular hours are right' }) },
      guard(_ctx, record, input) {
        const objection = objectionTo({ ...record, over_40_confirmed: confirmed(record, input) })
        return objection && faultSentence(objection).message
      },
      sets: async (ctx, record, input) => ({
        ...(await reckonAgain(ctx, record)),
        over_40_confirmed: confirmed(record, input),
        submitted_by: ctx.actor.userId,
        submitted_at: new Date().toISOString(),
        reason: null,
      }),
      after: (ctx, record) => tellApprovers(ctx, [record]),
    },
    approve: {
      label: 'Approve',
      from: ['submitted'],
      to: 'approved',
      rule: 'market-recovery.hours.approve',
      tone: 'primary',
      guard: sameAmount,
      sets: (ctx) => ({ approved_by: ctx.actor.userId, approved_at: new Date().toISOString() }),
      after: warnOfSpending,
    },
    reject: {
      label: 'Send back',
      from: ['submitted'],
      to: 'rejected',
      rule: 'market-recovery.hours.reject',
      tone: 'danger',
      asks: { reason },
      sets: (_ctx, _record, input) => ({ reason: input['reason'] }),
      after: tellSubmitter,
    },
    reopen: {
      label: 'Reopen',
      from: ['approved'],
      to: 'submitted',
      rule: 'market-recovery.hours.reopen',
      guard: (_ctx, record) => (record.payment === null ? undefined : say('market-recovery:hours.in_batch')),
      sets: () => ({ approved_by: null, approved_at: null }),
    },
  },
  // A week is paid when its payment is.
  [{ from: ['approved'], to: 'paid' }],
)
