import { defineWorkflow, field } from '@commonhall/kernel'
import { proposalDecided, proposalOpened } from '../events.ts'
import { decisionOf, whyNotClose } from '../proposals/close-vote.ts'
import { beginVote, frozenRules, whyNotOpen } from '../proposals/open-vote.ts'
import { proposal } from '../resources/proposal.ts'

const reason = field.longText({ required: true, min: 3, max: 1000 })

export const proposalWorkflow = defineWorkflow(proposal, {
  discuss: {
    label: 'Open for discussion',
    from: ['draft'],
    to: 'discussion',
    rule: 'governance.proposal.discuss',
    tone: 'primary',
    sets: () => ({ discussion_at: new Date().toISOString() }),
  },
  'open-vote': {
    label: 'Open the vote',
    from: ['discussion'],
    to: 'voting',
    rule: 'governance.proposal.open-vote',
    tone: 'primary',
    guard: whyNotOpen,
    sets: frozenRules,
    after: beginVote,
    emits: {
      event: proposalOpened,
      payload: ({ id, number, title, way, closes_at }) => ({ proposal: id, number, title, way, closes_at }),
    },
  },
  'close-vote': {
    label: 'Close the vote',
    from: ['voting'],
    to: 'decided',
    rule: 'governance.proposal.close-vote',
    guard: whyNotClose,
    sets: decisionOf,
    emits: {
      event: proposalDecided,
      payload: ({ id, number, title, outcome }) => ({ proposal: id, number, title, outcome: outcome ?? '' }),
    },
  },
  withdraw: {
    label: 'Withdraw',
    from: ['draft', 'discussion'],
    to: 'withdrawn',
    rule: 'governance.proposal.withdraw',
    tone: 'danger',
    asks: { reason },
    sets: (_ctx, _record, input) => ({ reason: input['reason'] }),
  },
})
