import { defineFileRoute, field } from '@commonhall/kernel'
import { allBallots } from './ballots-in-box.ts'
import { beforeSeal, sealLine } from './box-lines.ts'
import { fileName, publishedBox } from './published.ts'

/** The published box: every ballot with its proofs, and everything that it takes to count them again. */
export const readBox = defineFileRoute({
  method: 'GET',
  path: '/elections/{id}/box',
  summary: 'The published box of an election',
  rule: 'governance.election.read',
  params: { id: field.ref('governance.election', { required: true }) },
  sends: 'application/jsonl',
  async run(ctx, { params: { id } }) {
    const box = await publishedBox(ctx, id)
    async function* text() {
      yield* beforeSeal(box, ctx.rows(allBallots(id)))
      yield sealLine(box.seal)
    }
    return { name: fileName(ctx.org.slug, box.name, 'box'), rows: box.ballots, text: text() }
  },
})
