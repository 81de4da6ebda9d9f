import { defineRoute, field, refuse, say } from '@commonhall/kernel'
import { countWhenReady } from '../closing/count-when-ready.ts'
import { paperReply } from './add-paper.ts'
import { heldPaper, setPaper } from './of-paper.ts'

const decide = (act: 'accept' | 'reject', state: string, summary: string) =>
  defineRoute({
    method: 'POST',
    path: `/paper-ballots/{id}/${act}`,
    summary,
    rule: `governance.paper-ballot.${act}`,
    params: { id: field.ref('governance.paper-ballot', { required: true }) },
    body: { reason: field.text({ required: true, min: 3, max: 160 }) },
    reply: paperReply,
    async run(ctx, { params: { id }, body: { reason } }) {
      const paper = await heldPaper(ctx, id, { closed: false })
      if (paper.state !== 'challenged') refuse('conflict', say('governance:closing.no_envelope'))
      await setPaper(ctx, id, state, reason)
      await countWhenReady(ctx, paper.election)
      return { id, number: paper.number, state }
    },
  })

/** Its voter might vote: the paper goes out of the envelope to the others, and is entered under a number of its own. */
export const acceptEnvelope = decide('accept', 'accepted', 'Accept a challenged ballot')

/** Its voter might not: it stays in the envelope, and is not counted. */
export const rejectEnvelope = decide('reject', 'rejected', 'Reject a challenged ballot')
