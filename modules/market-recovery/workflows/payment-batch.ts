import { defineWorkflow } from '@commonhall/kernel'
import { owe, settle, takeBack } from '../payments/book.ts'
import { paymentBatch } from '../resources/payment-batch.ts'
import { notInFuture, paidOn, voidReason } from './payment.ts'

/** What the database does with each step: the payments of a batch and their weeks go along with it. */
export const paymentBatchWorkflow = defineWorkflow(paymentBatch, {
  release: {
    label: 'Release',
    from: ['prepared'],
    to: 'released',
    rule: 'market-recovery.payment-batch.release',
    tone: 'primary',
    sets: (ctx) => ({ released_by: ctx.actor.userId, released_at: new Date().toISOString() }),
    after: (ctx, { id }) => owe(ctx, { batch: id }),
  },
  export: {
    label: 'Mark as exported',
    from: ['released'],
    to: 'exported',
    rule: 'market-recovery.payment-batch.export',
    tone: 'primary',
    sets: () => ({ exported_at: new Date().toISOString() }),
  },
  pay: {
    label: 'Mark all as paid',
    from: ['exported'],
    to: 'paid',
    rule: 'market-recovery.payment-batch.pay',
    tone: 'primary',
    asks: { paid_on: paidOn },
    guard: notInFuture,
    sets: (_ctx, _record, input) => ({ paid_on: input['paid_on'] }),
    after: (ctx, { id }) => settle(ctx, { batch: id }),
  },
  void: {
    label: 'Void',
    from: ['prepared', 'released', 'exported'],
    to: 'void',
    rule: 'market-recovery.payment-batch.void',
    tone: 'danger',
    asks: { reason: voidReason },
    // Its payments are void with it, so nothing is left of what it came to.
    sets: (_ctx, _record, input) => ({ reason: input['reason'], payments: 0, hours: '0.00', subsidy: '0.00' }),
    after: (ctx, { id, reason }) => takeBack(ctx, { batch: id }, reason ?? ''),
  },
})
