import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import { type Context, defineRoute, field, refuse, refuseField, say } from '@commonhall/kernel'
import { keptKey } from './keep-key.ts'
import { boxIsMixed, pauseBefore } from './mix-box.ts'
import { papersOf, refusalInWords } from './read-ballot-page.ts'
import { signBlinded } from './sign-blinded.ts'

/**
 * Signs a voter's blinded token, once: the roll is marked in the same transaction. Asked the same again, it answers the
 * same.
 */
export const takePaper = defineRoute({
  method: 'POST',
  path: '/elections/{id}/ballot-paper',
  summary: 'Take a ballot paper: have a blinded token signed, once for each voter',
  rule: 'governance.election.vote',
  params: { id: field.ref('governance.election', { required: true }) },
  body: {
    voter: field.ref('governance.voter', { required: true }),
    blinded: field.text({ required: true, max: 342, help: 'The blinded token: 256 bytes, as base64url.' }),
  },
  reply: {
    type: 'object',
    required: ['signature'],
    properties: { signature: { type: 'string', maxLength: 342 } },
  },
  async run(ctx, { params: { id }, body: { voter, blinded } }) {
    const bytes = Buffer.from(blinded, 'base64url')
    const hash = createHash('sha256').update(bytes).digest('hex')
    // Signed before it is known whether it may go out: from the mark on, others who take a paper wait.
    const signature = signBlinded(await keptKey(ctx, id), bytes)
    if (!signature) return refuseField('blinded', 'malformed', say('governance:ballot.refused.malformed'), 'malformed')
    const { rows } = await sql<{ answer: string }>`
      select governance.take_paper(${id}, ${voter}, ${ctx.actor.memberId}, ${hash}) as answer`.execute(ctx.db)
    const answer = rows[0]?.answer ?? 'not_on_roll'
    if (!given.has(answer)) return await refusePaper(ctx, id, voter, answer)
    // The first that takes a paper since the box was rewritten sees to it that it is again.
    if (answer === 'first') await ctx.enqueue(boxIsMixed, { election: id }, { startAfter: pauseBefore() })
    return { signature: signature.toString('base64url') }
  },
})

/** A paper is handed out; or once more, to whoever was not answered the first time. */
const given: ReadonlySet<string> = new Set(['first', 'taken', 'same'])

async function refusePaper(ctx: Context, election: string, voter: string, code: string): Promise<never> {
  const why = code === 'not_eligible' ? await whyNot(ctx, election, voter) : null
  return refuse(
    code,
    why ?? refusalInWords(code, null),
    code === 'not_open' || code === 'already_taken' ? { status: 409 } : {},
  )
}

async function whyNot(ctx: Context, election: string, voter: string): Promise<string | null> {
  const papers = await papersOf(ctx, election)
  return papers.find((paper) => paper.voter === voter)?.why_not ?? null
}
