import { defineRoute, field } from '@commonhall/kernel'
import { castVote } from './cast.ts'
import { markPresent } from './mark-present.ts'
import { voteSchema } from './schemas.ts'
import { votePage, votedOf } from './vote-page.ts'

const params = { id: field.ref('governance.proposal', { required: true }) }

/** The vote on a proposal: its rules in words, what I may cast, how it stands, what it came to. */
export const readVote = defineRoute({
  method: 'GET',
  path: '/proposals/{id}/vote',
  summary: 'Look at the vote on a proposal',
  rule: 'governance.proposal.vote',
  params,
  reply: voteSchema,
  run: async (ctx, { params: { id } }) => votePage(ctx, await votedOf(ctx, id)),
})

/** Casts a vote of mine in a roll call, or changes it while voting is open. */
export const cast = defineRoute({
  method: 'POST',
  path: '/proposals/{id}/vote',
  summary: 'Vote on a proposal',
  rule: 'governance.proposal.vote',
  params,
  body: {
    vote: field.ref('governance.vote', { help: 'Which of mine. Left out, the one that there is.' }),
    choice: field.choice(['yes', 'no', 'abstain'], { required: true }),
  },
  reply: voteSchema,
  async run(ctx, { params: { id }, body }) {
    const voted = await votedOf(ctx, id)
    await castVote(ctx, voted, body)
    return votePage(ctx, voted)
  },
})

/** Who is there counts toward the quorum where the rules say so, and needs nobody to vote for them. */
export const present = defineRoute({
  method: 'POST',
  path: '/proposals/{id}/presence',
  summary: 'Note who attends a vote',
  rule: 'governance.proposal.mark-present',
  params,
  body: {
    vote: field.ref('governance.vote', { required: true }),
    present: field.yesNo({ required: true }),
  },
  reply: voteSchema,
  async run(ctx, { params: { id }, body }) {
    const voted = await votedOf(ctx, id)
    await markPresent(ctx, voted, body)
    return votePage(ctx, voted)
  },
})
