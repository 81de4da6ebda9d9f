import { defineWorkflow, field } from '@commonhall/kernel'
import { payment } from '../resources/payment.ts'

export const paymentWorkflow = defineWorkflow(
  payment,
  {
    pay: {
      label: 'Mark as paid',
      from: ['exported'],
      to: 'paid',
      rule: 'market-recovery.payment.pay',
      tone: 'primary',
      asks: {
        qb_reference: field.text({ max: 60, label: 'QuickBooks reference' }),
        paid_on: field.date({ required: true, label: 'Paid on', default: 'today' }),
      },
      sets: (_ctx, record, input) => ({
        qb_reference: input['qb_reference'] ?? record.qb_reference,
        paid_on: input['paid_on'],
        processed_at: new Date().toISOString(),
      }),
    },
    void: {
      label: 'Void',
      from: ['exported'],
      to: 'void',
      rule: 'market-recovery.payment.void',
      tone: 'danger',
      asks: { reason: field.longText({ required: true, min: 3, max: 1000 }) },
      sets: (_ctx, _record, input) => ({ reason: input['reason'] }),
    },
  },
  // What becomes of the batch becomes of its payments.
  [
    { from: ['prepared'], to: 'released' },
    { from: ['released'], to: 'exported' },
    { from: ['prepared', 'released'], to: 'void' },
  ],
)
