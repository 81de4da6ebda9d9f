import { defineWorkflow, field } from '@commonhall/kernel'
import { amendment } from '../resources/amendment.ts'

const reason = field.longText({ required: true, min: 3, max: 1000 })

export const amendmentWorkflow = defineWorkflow(amendment, {
  accept: { label: 'Accept', from: ['open'], to: 'accepted', rule: 'governance.amendment.accept', tone: 'primary' },
  reject: {
    label: 'Reject',
    from: ['open'],
    to: 'rejected',
    rule: 'governance.amendment.reject',
    tone: 'danger',
    asks: { reason },
  },
  withdraw: { label: 'Withdraw', from: ['open'], to: 'withdrawn', rule: 'governance.amendment.withdraw' },
})
