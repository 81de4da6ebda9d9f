import { sql } from 'kysely'
import type { Context } from '@commonhall/kernel'
import { type BallotContest, type BallotMethod, type BallotForm } from '../ballots/ballot.ts'
import type { Count, OpenTie, TieAnswer } from '../counting/index.ts'

/** A contest as it stood on the ballot. */
export interface ContestOnBallot {
  readonly id: string
  readonly name: string
  readonly method: BallotMethod
  readonly seats: number
  readonly choices: number | null
  /** As it was set, before defaults are filled in. */
  readonly counting: Readonly<Record<string, unknown>> | null
  /** In the order of the ballot; whoever withdrew after it was published is `out` of the count. */
  readonly candidates: readonly { readonly id: string; readonly name: string; readonly out?: boolean }[]
  readonly result: Result | null
}

/** What is kept of a count: all of it, or the tie at which it stopped; and how people settled ties. */
export type Result = (Count | { readonly asks: OpenTie }) & { readonly answers?: readonly TieAnswer[] }

type Reader = Pick<Context, 'db'>

/** A yes-no contest has no candidates of its own. */
const answers = [
  { id: 'yes', name: 'Yes' },
  { id: 'no', name: 'No' },
  { id: 'abstain', name: 'Abstain' },
] as const

export async function contestsOf({ db }: Reader, election: string): Promise<ContestOnBallot[]> {
  const { rows } = await sql<ContestOnBallot>`
    select c.id, c.name, c.method, c.seats, c.choices, c.counting, c.result, coalesce((
      select jsonb_agg(jsonb_build_object('id', k.id, 'name', k.name)
          || case when k.state = 'accepted' then '{}' else '{"out": true}'::jsonb end
        order by k.position nulls last, k.name, k.id)
      from governance.candidate k where k.org_id = c.org_id and k.contest = c.id
        and (k.state = 'accepted' or k.position is not null and k.state in ('withdrawn', 'removed'))
      ), '[]') as candidates
    from governance.contest c where c.election = ${election} order by c.position, c.id`.execute(db)
  return rows.map((row) => (row.method === 'yes-no' ? { ...row, candidates: answers } : row))
}

/**
 * By which rules a contest is counted, in the shape of rules.json, with ids for names. Ties are drawn from the seed
 * that was published before voting opened, unless the contest says that somebody is asked.
 */
export function countingOf(contest: ContestOnBallot, seed: string | null): Readonly<Record<string, unknown>> {
  const { method, seats, choices, counting, candidates, result } = contest
  const rule = counting?.['tie_break'] ?? { mode: 'drawn-order', seed: seed ?? contest.id }
  const answers = result?.answers
  const marked = choices === null ? {} : { [limitOf[method] ?? 'max_choices']: choices }
  return {
    ...marked,
    ...counting,
    tie_break: answers ? { ...rule, answers } : rule,
    method,
    seats,
    candidates: candidates.filter(({ out }) => !out).map(({ id }) => id),
    excluded_candidates: candidates.filter(({ out }) => out).map(({ id }) => id),
  }
}

/** Which rule of counting limits how much a ballot may mark. */
const limitOf: { readonly [Method in BallotMethod]?: string } = {
  irv: 'max_rankings',
  stv: 'max_rankings',
  cumulative: 'votes_per_ballot',
}

/** What papers are checked against: who stands for what, and no limits, for nothing stops a pen. */
export const formOf = (election: string, contests: readonly ContestOnBallot[]): BallotForm => ({
  election,
  contests: contests.map(({ id, name, method, seats, candidates }): BallotContest => ({
    id,
    name,
    about: null,
    method,
    seats,
    most: candidates.length,
    most_points: null,
    candidates: candidates.map((one) => ({ id: one.id, name: one.name, statement: null })),
  })),
})
