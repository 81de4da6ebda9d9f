import { defineEvent, field } from '@commonhall/kernel'

/** Members can vote on a proposal. */
export const proposalOpened = defineEvent('governance.proposal-opened', {
  proposal: field.ref('governance.proposal', { required: true }),
  number: field.text({ required: true }),
  title: field.text({ required: true }),
  way: field.text({ required: true }),
  closes_at: field.instant(),
})

/** What a vote on a proposal came to. */
export const proposalDecided = defineEvent('governance.proposal-decided', {
  proposal: field.ref('governance.proposal', { required: true }),
  number: field.text({ required: true }),
  title: field.text({ required: true }),
  outcome: field.text({ required: true }),
})
