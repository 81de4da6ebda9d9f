import { sql } from 'kysely'
import type { Context } from '@commonhall/kernel'
import { closeBox } from '../ballots/close-box.ts'
import type { Count } from '../counting/index.ts'
import { eachOf, piecesOfBox } from './ballots-in-box.ts'
import { beforeSeal, headLine, resultLines, sealOf } from './box-lines.ts'
import { type ContestOnBallot, contestsOf, countingOf } from './contests.ts'
import { countApart } from './count-apart.ts'
import { decideProposal } from './decide-proposal.ts'
import { missingOf } from './missing.ts'
import { reasonWithout } from './reason-without.ts'
import { type Counters, tallyOfPapers } from './tally-of-papers.ts'
import { tellOfTie, tellOfResult } from './tell.ts'

interface Counted {
  readonly id: string
  readonly name: string
  readonly kind: string
  readonly proposal: string | null
  readonly opened_at: string | null
  readonly closed_at: string | null
  readonly rules: unknown
  readonly seed: string | null
  readonly public_key: string | null
  readonly key_fingerprint: string | null
}

/** One whose voting has closed and that is not counted yet; locked, so that it is counted once. */
async function uncounted({ db }: Context, id: string): Promise<Counted | undefined> {
  const { rows } = await sql<Counted>`
    select id, name, kind, proposal, to_char(opened_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as opened_at,
      to_char(closed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as closed_at, rules, seed, public_key,
      key_fingerprint
    from governance.election where id = ${id} and state = 'counting' and seal is null for update`.execute(db)
  return rows[0]
}

async function* textsOf(ctx: Context, election: string): AsyncGenerator<string[]> {
  for await (const some of piecesOfBox(ctx, election)) yield some.map(({ ballot }) => ballot)
}

/**
 * Counts an election and publishes its box, once everything is there: results, counters and seal. Where a tie must be
 * settled by somebody it asks, and is called again with the answer. Done before, or not ready, it does nothing.
 */
export async function countElection(ctx: Context, id: string): Promise<void> {
  const election = await uncounted(ctx, id)
  if (!election) return
  const because = await reasonWithout(ctx, id)
  const { entered, differs, undecided, ...counters } = await tallyOfPapers(ctx, id)
  if (missingOf({ entered, differs, undecided, ...counters }, because !== null).length) return
  // Papers went in one by one, as they were read: now they lie among the others.
  if (counters.paper_counted > 0) await closeBox(ctx, id)
  const contests = await contestsOf(ctx, id)
  const asked = contests.map((contest) => ({ id: contest.id, counting: countingOf(contest, election.seed) }))
  const counts = await countApart(textsOf(ctx, id), asked)
  const ties = contests.flatMap((contest, index) => (counts[index]?.asks ? [{ contest, count: counts[index] }] : []))
  // Of a count that stopped nothing is told but the question.
  for (const { contest, count } of ties) await keepResult(ctx, contest, { asks: count.asks })
  if (ties.length) return await tellOfTie(ctx, election)
  await publish(ctx, election, contests, counts, {
    ...counters,
    ...(because === null ? {} : { not_back_because: because }),
  })
}

const keepResult = (ctx: Context, { id, result: before }: ContestOnBallot, result: object) => {
  const kept = { ...result, ...(before?.answers ? { answers: before.answers } : {}) }
  return sql`update governance.contest set result = ${JSON.stringify(kept)}::jsonb, version = version + 1,
    updated_at = now()
    where id = ${id}`.execute(ctx.db)
}

async function publish(
  ctx: Context,
  election: Counted,
  contests: readonly ContestOnBallot[],
  counts: readonly Count[],
  counters: Counters & { readonly not_back_because?: string },
): Promise<void> {
  const { id, name, kind, opened_at, closed_at, rules, seed, public_key, key_fingerprint } = election
  const head = headLine({
    organization: { slug: ctx.org.slug, name: ctx.org.name },
    election: { id, name, kind, opened_at, closed_at },
    rules,
    seed,
    key: public_key,
    key_fingerprint,
    contests: contests.map((contest) => ({
      id: contest.id,
      name: contest.name,
      candidates: contest.candidates,
      counting: countingOf(contest, seed),
    })),
    counters,
  })
  const results = resultLines(
    contests.flatMap((contest, index) => (counts[index] ? [{ contest: contest.id, count: counts[index] }] : [])),
  )
  const seal = await sealOf(beforeSeal({ head, results }, eachOf(piecesOfBox(ctx, id))))
  for (const [index, contest] of contests.entries()) await keepResult(ctx, contest, counts[index] ?? {})
  await sql`insert into governance.published_box (election, head, results) values (${id}, ${head}, ${results})`.execute(
    ctx.db,
  )
  await sql`update governance.election set seal = ${seal}, counters = ${JSON.stringify(counters)}::jsonb,
    version = version + 1, updated_at = now() where id = ${id}`.execute(ctx.db)
  await decideProposal(ctx, election, counts[0])
  await tellOfResult(ctx, election, seal)
}
