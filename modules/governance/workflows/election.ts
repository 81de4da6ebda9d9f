import { defineWorkflow, field } from '@commonhall/kernel'
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
  },
  publish: {
    label: 'Publish the ballot',
    from: ['draft', 'nominations'],
    to: 'published',
    rule: run,
    tone: 'primary',
  },
  'take-back': { label: 'Take the ballot back', from: ['published'], to: 'nominations', rule: run },
  open: {
    label: 'Open voting',
    from: ['published'],
    to: 'voting',
    rule: 'governance.election.open',
    tone: 'primary',
  },
  ...electionEnd,
  withdraw: {
    label: 'Withdraw',
    from: ['draft', 'nominations', 'published'],
    to: 'withdrawn',
    rule: run,
    tone: 'danger',
    asks: { reason },
  },
})
