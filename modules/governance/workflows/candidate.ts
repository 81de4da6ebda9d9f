import { defineWorkflow, field } from '@commonhall/kernel'
import { candidate } from '../resources/candidate.ts'

const answer = 'governance.candidate.answer'

export const candidateWorkflow = defineWorkflow(candidate, {
  accept: {
    label: 'Accept the nomination',
    from: ['nominated', 'declined'],
    to: 'accepted',
    rule: answer,
    tone: 'primary',
  },
  decline: { label: 'Decline', from: ['nominated'], to: 'declined', rule: answer },
  withdraw: { label: 'Withdraw', from: ['accepted'], to: 'withdrawn', rule: answer, tone: 'danger' },
  remove: {
    label: 'Remove',
    from: ['nominated', 'accepted'],
    to: 'removed',
    rule: 'governance.candidate.remove',
    tone: 'danger',
    asks: { reason: field.text({ required: true, min: 3, max: 500 }) },
  },
})
