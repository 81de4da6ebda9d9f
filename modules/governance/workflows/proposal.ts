import { defineWorkflow, field } from '@commonhall/kernel'
import { proposal } from '../resources/proposal.ts'

const reason = field.longText({ required: true, min: 3, max: 1000 })

export const proposalWorkflow = defineWorkflow(proposal, {
  discuss: {
    label: 'Open for discussion',
    from: ['draft'],
    to: 'discussion',
    rule: 'governance.proposal.discuss',
    tone: 'primary',
  },
  'open-vote': {
    label: 'Open the vote',
    from: ['discussion'],
    to: 'voting',
    rule: 'governance.proposal.open-vote',
    tone: 'primary',
  },
  'close-vote': {
    label: 'Close the vote',
    from: ['voting'],
    to: 'decided',
    rule: 'governance.proposal.close-vote',
  },
  withdraw: {
    label: 'Withdraw',
    from: ['draft', 'discussion'],
    to: 'withdrawn',
    rule: 'governance.proposal.withdraw',
    tone: 'danger',
    asks: { reason },
  },
})
