import { defineWorkflow, field } from '@commonhall/kernel'
import { paymentBatch } from '../resources/payment-batch.ts'

export const paymentBatchWorkflow = defineWorkflow(
  paymentBatch,
  {
    release: {
      label: 'Release',
      from: ['prepared'],
      to: 'released',
      rule: 'market-recovery.payment-batch.release',
      tone: 'primary',
      sets: (ctx) => ({ released_by: ctx.actor.userId, released_at: new Date().toISOString() }),
    },
    export: {
      label: 'Mark as exported',
      from: ['released'],
      to: 'exported',
      rule: 'market-recovery.payment-batch.export',
      tone: 'primary',
      sets: () => ({ exported_at: new Date().toISOString() }),
    },
    void: {
      label: 'Void',
      from: ['prepared', 'released', 'exported'],
      to: 'void',
      rule: 'market-recovery.payment-batch.void',
      tone: 'danger',
      asks: { reason: field.longText({ required: true, min: 3, max: 1000 }) },
      sets: (_ctx, _record, input) => ({ reason: input['reason'] }),
    },
  },
  // A batch is paid when its last payment is.
  [{ from: ['exported'], to: 'paid' }],
)
