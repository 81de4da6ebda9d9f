import { sql } from 'kysely'
import { type Context, defineRoute, field, refuse, refuseField, say } from '@commonhall/kernel'
import type { FilledBallot } from '../ballots/ballot.ts'
import { countWhenReady } from '../closing/count-when-ready.ts'
import { addPaper, paperReply } from './add-paper.ts'
import { intoBox } from './into-box.ts'
import { marksOnPaper } from './marks-on-paper.ts'
import { uncountedElection } from './of-election.ts'

interface Paper {
  readonly id: string
  readonly state: string
  readonly first_by: string
}

/** What somebody read off a paper; null where it is void. */
type Read = FilledBallot['choices'] | null

export const paperFields = {
  kind: field.choice(['ballot', 'void'], {
    required: true,
    default: 'ballot',
    names: { ballot: 'A ballot', void: 'Void: nobody can say what is meant' },
  }),
  choices: field.json({ label: 'Choices', help: 'By contest, as on a ballot that is cast online.' }),
}

/** @throws Refusal where a void paper says no reason. */
export async function readPaper(
  ctx: Context,
  election: string,
  { kind, choices, reason }: { kind: string; choices: unknown; reason: string | null },
): Promise<Read> {
  if (kind === 'ballot') return await marksOnPaper(ctx, election, choices)
  if (!reason) refuseField('reason', 'required', say('governance:closing.why_void'))
  return null
}

/** `place`: first, second, or the look that settled it. */
export const keepEntry = (ctx: Context, paper: string, place: 1 | 2 | 3, read: Read) =>
  sql`insert into governance.paper_entry (paper_ballot, place, entered_by, choices)
    values (${paper}, ${place}, ${ctx.actor.userId}, ${read && JSON.stringify(read)}::jsonb)`.execute(ctx.db)

/** The second one enters it, and only the database compares: nobody is told what the first one saw. */
async function enterAgain(ctx: Context, election: string, paper: Paper, read: Read, reason: string | null) {
  if (paper.state !== 'entered') refuse('conflict', say('governance:closing.entered_twice'))
  if (paper.first_by === ctx.actor.userId) refuse('same_person', say('governance:closing.same_person'), { status: 409 })
  const agree = await isAsFirst(ctx, paper.id, read)
  await keepEntry(ctx, paper.id, 2, read)
  const state = !agree ? 'differs' : read ? 'agreed' : 'void'
  await sql`update governance.paper_ballot set state = ${state}, second_by = ${ctx.actor.userId},
      reason = coalesce(reason, ${reason}), version = version + 1, updated_at = now()
    where id = ${paper.id}`.execute(ctx.db)
  if (state === 'agreed' && read) await intoBox(ctx, election, read)
  return state
}

/** Entered after all others, the paper of an envelope that is accepted late would be known to be its voter's. */
async function refuseUndecided(ctx: Context, election: string): Promise<void> {
  const { rows } = await sql`select from governance.paper_ballot
    where election = ${election} and state = 'challenged' limit 1`.execute(ctx.db)
  if (rows.length) refuse('conflict', say('governance:closing.envelopes_first'))
}

/** What somebody read off a paper is what the first one read. */
export async function isAsFirst(ctx: Context, paper: string, read: Read): Promise<boolean> {
  const { rows } = await sql<{ agree: boolean }>`select choices is not distinct from
      ${read && JSON.stringify(read)}::jsonb as agree
    from governance.paper_entry where paper_ballot = ${paper} and place = 1`.execute(ctx.db)
  return rows[0]?.agree === true
}

/** A paper is entered: by one person, and by another who does not see what the first one entered. */
export const enterPaper = defineRoute({
  method: 'POST',
  path: '/elections/{id}/paper-ballots',
  summary: 'Enter a ballot on paper, first or second',
  rule: 'governance.paper-ballot.enter',
  params: { id: field.ref('governance.election', { required: true }) },
  body: {
    number: field.text({ required: true, max: 40 }),
    ...paperFields,
    reason: field.text({ max: 500, help: 'Why it is void.' }),
  },
  reply: paperReply,
  async run(ctx, { params: { id }, body: { number, kind, choices, reason } }) {
    // One by one, for two who enter the same paper at once are a first and a second.
    await uncountedElection(ctx, id, 'update')
    await refuseUndecided(ctx, id)
    if (!ctx.actor.userId) refuse('forbidden', say('governance:closing.people_enter'))
    const read = await readPaper(ctx, id, { kind, choices, reason })
    const { rows } = await sql<Paper>`select id, state, first_by from governance.paper_ballot
      where election = ${id} and number = ${number}`.execute(ctx.db)
    const [paper] = rows
    if (!paper) {
      const added = await addPaper(ctx, { election: id, number, state: 'entered', reason })
      await keepEntry(ctx, added.id, 1, read)
      return added
    }
    const state = await enterAgain(ctx, id, paper, read, reason)
    await countWhenReady(ctx, id)
    return { id: paper.id, number, state }
  },
})
