import { defineRoute, field, refuse, say } from '@commonhall/kernel'
import { countWhenReady } from '../closing/count-when-ready.ts'
import { paperReply } from './add-paper.ts'
import { isAsFirst, keepEntry, paperFields, readPaper } from './enter-paper.ts'
import { intoBox } from './into-box.ts'
import { heldPaper, setPaper } from './of-paper.ts'

/** Two people read a paper differently: a third person looks at it and says how it counts. */
export const settlePaper = defineRoute({
  method: 'POST',
  path: '/paper-ballots/{id}/settle',
  summary: 'Settle a paper that two people read differently',
  rule: 'governance.paper-ballot.settle',
  params: { id: field.ref('governance.paper-ballot', { required: true }) },
  body: { ...paperFields, reason: field.text({ required: true, min: 3, max: 500 }) },
  reply: paperReply,
  async run(ctx, { params: { id }, body: { kind, choices, reason } }) {
    const paper = await heldPaper(ctx, id, { closed: true })
    if (paper.state !== 'differs') refuse('conflict', say('governance:closing.nothing_to_settle'))
    if (paper.first_by === ctx.actor.userId)
      refuse('same_person', say('governance:closing.same_person'), { status: 409 })
    const read = await readPaper(ctx, paper.election, { kind, choices, reason })
    // Whoever made the difference may end it, but not decide alone what the paper says.
    if (paper.second_by === ctx.actor.userId && !(await isAsFirst(ctx, id, read)))
      refuse('same_person', say('governance:closing.settle_other'), { status: 409 })
    const state = read ? 'agreed' : 'void'
    await keepEntry(ctx, id, 3, read)
    await setPaper(ctx, id, state, reason)
    if (read) await intoBox(ctx, paper.election, read)
    await countWhenReady(ctx, paper.election)
    return { id, number: paper.number, state }
  },
})
