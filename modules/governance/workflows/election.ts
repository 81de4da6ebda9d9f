import { defineWorkflow, field } from '@commonhall/kernel'
import { prepareBallot, unmakeBallot } from '../elections/ballot/prepare.ts'
import { openVoting } from '../elections/clock/open-voting.ts'
import { tellVoters } from '../elections/clock/tell-voters.ts'
import { objectionTo } from '../elections/readiness/facts.ts'
import { election } from '../resources/election.ts'
import { electionEnd } from './election-end.ts'

const reason = field.longText({ required: true, min: 3, max: 1000 })
const run = 'governance.election.run'

export const electionWorkflow = defineWorkflow(election, {
  'open-nominations': {
    label: 'Open nominations',
    from: ['draft'],
    to: 'nominations',
    rule: run,
    tone: 'primary',
    guard: (ctx, { id }) => objectionTo(ctx, id, 'open-nominations'),
  },
  publish: {
    label: 'Publish the ballot',
    from: ['draft', 'nominations'],
    to: 'published',
    rule: run,
    tone: 'primary',
    guard: (ctx, { id }) => objectionTo(ctx, id, 'publish'),
    sets: prepareBallot,
  },
  'take-back': {
    label: 'Take the ballot back',
    from: ['published'],
    to: 'nominations',
    rule: run,
    after: unmakeBallot,
  },
  open: {
    label: 'Open voting',
    from: ['published'],
    to: 'voting',
    rule: 'governance.election.open',
    tone: 'primary',
    sets: openVoting,
    after: tellVoters,
  },
  ...electionEnd,
  withdraw: {
    label: 'Withdraw',
    from: ['draft', 'nominations', 'published'],
    to: 'withdrawn',
    rule: run,
    tone: 'danger',
    asks: { reason },
    sets: (_ctx, _record, input) => ({ reason: input['reason'] }),
  },
})
