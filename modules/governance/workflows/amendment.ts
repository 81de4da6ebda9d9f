import { defineWorkflow, field, say } from '@commonhall/kernel'
import { amendment } from '../resources/amendment.ts'

const reason = field.longText({ required: true, min: 3, max: 1000 })

export const amendmentWorkflow = defineWorkflow(amendment, {
  accept: {
    label: 'Accept',
    from: ['open'],
    to: 'accepted',
    rule: 'governance.amendment.accept',
    tone: 'primary',
    asks: { over_newer: field.yesNo({ label: 'Replace the text though it was changed since' }) },
    // The text is taken over by the database, in the same statement that accepts it.
    async guard(ctx, { proposal, of_version }, input) {
      const found = await ctx.db
        .selectFrom('governance.proposal')
        .select(['state', 'text_version'])
        .where('id', '=', proposal)
        .forUpdate()
        .executeTakeFirstOrThrow()
      if (found.state !== 'discussion') return say('governance:amendment.not_open')
      if (found.text_version === of_version || input['over_newer'] === true) return undefined
      return say('governance:amendment.older', { made: of_version, now: found.text_version })
    },
  },
  reject: {
    label: 'Reject',
    from: ['open'],
    to: 'rejected',
    rule: 'governance.amendment.reject',
    tone: 'danger',
    asks: { reason },
    sets: (_ctx, _record, input) => ({ reason: input['reason'] }),
  },
  withdraw: { label: 'Withdraw', from: ['open'], to: 'withdrawn', rule: 'governance.amendment.withdraw' },
})
