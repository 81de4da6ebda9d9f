import { defineFileRoute, field } from '@commonhall/kernel'
import { archiveLines } from './archive-lines.ts'
import { allBallots } from './ballots-in-box.ts'
import { beforeSeal, sealLine } from './box-lines.ts'
import { fileName, publishedBox } from './published.ts'

/** Everything that is kept of an election, in one file that proves itself: for a safe, and for whoever asks for it. */
export const readArchive = defineFileRoute({
  method: 'GET',
  path: '/elections/{id}/archive',
  summary: 'The sealed archive of an election',
  rule: 'governance.election.archive',
  params: { id: field.ref('governance.election', { required: true }) },
  sends: 'application/jsonl',
  async run(ctx, { params: { id } }) {
    const box = await publishedBox(ctx, id)
    async function* boxLines() {
      yield* beforeSeal(box, ctx.rows(allBallots(id)))
      yield sealLine(box.seal)
    }
    return {
      name: fileName(ctx.org.slug, box.name, 'archive'),
      rows: box.ballots,
      text: archiveLines(ctx, id, boxLines()),
    }
  },
})
