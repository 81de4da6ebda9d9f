import { type Context, defineWorkflow, field, say } from '@commonhall/kernel'
import { settle, takeBack } from '../payments/book.ts'
import { payment } from '../resources/payment.ts'

export const paidOn = field.date({ required: true, label: 'Paid on', default: 'today' })
export const voidReason = field.longText({ required: true, min: 3, max: 1000 })

/** Nothing is paid on a day that is still to come. */
export const notInFuture = ({ today }: Context, _record: unknown, { paid_on: day }: Record<string, unknown>) =>
  String(day) > today ? say('market-recovery:payment.in_future', { day }) : undefined

export const paymentWorkflow = defineWorkflow(
  payment,
  {
    pay: {
      label: 'Mark as paid',
      from: ['exported'],
      to: 'paid',
      rule: 'market-recovery.payment.pay',
      tone: 'primary',
      asks: { qb_reference: field.text({ max: 60, label: 'QuickBooks reference' }), paid_on: paidOn },
      guard: notInFuture,
      sets: (_ctx, record, input) => ({
        qb_reference: input['qb_reference'] ?? record.qb_reference,
        paid_on: input['paid_on'],
        processed_at: new Date().toISOString(),
      }),
      after: (ctx, { id }) => settle(ctx, { payments: [id] }),
    },
    void: {
      label: 'Void',
      from: ['prepared', 'released', 'exported'],
      to: 'void',
      rule: 'market-recovery.payment.void',
      tone: 'danger',
      asks: { reason: voidReason },
      sets: (_ctx, _record, input) => ({ reason: input['reason'] }),
      after: (ctx, { id, reason }) => takeBack(ctx, { payments: [id] }, reason ?? ''),
    },
  },
  // What becomes of the batch becomes of its payments.
  [
    { from: ['prepared'], to: 'released' },
    { from: ['released'], to: 'exported' },
  ],
)
