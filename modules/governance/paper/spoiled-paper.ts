import { defineRoute, field, refuse, say } from '@commonhall/kernel'
import { addPaper, paperReply } from './add-paper.ts'
import { lockedElection } from './of-election.ts'

/** A voter gave a paper back that they had spoiled, and got another: it is kept, and counted apart. */
export const spoiledPaper = defineRoute({
  method: 'POST',
  path: '/elections/{id}/spoiled-papers',
  summary: 'Record a paper that was spoiled and replaced',
  rule: 'governance.paper-ballot.enter',
  params: { id: field.ref('governance.election', { required: true }) },
  body: {
    number: field.text({ required: true, max: 40 }),
    reason: field.text({ required: true, min: 3, max: 500 }),
  },
  reply: paperReply,
  creates: 'paper-ballots',
  async run(ctx, { params: { id }, body: { number, reason } }) {
    const { state, seal, name, open } = await lockedElection(ctx, id)
    if (seal !== null) refuse('conflict', say('governance:closing.counted_already', { name }))
    if (!open && state !== 'counting') refuse('conflict', say('governance:closing.not_voting', { name }))
    return await addPaper(ctx, { election: id, number, state: 'spoiled', reason })
  },
})
