import { sql } from 'kysely'
import type { AnonymousContext } from '@commonhall/kernel'
import type { BallotCandidate, BallotContest, BallotForm, BallotMethod } from './ballot.ts'

/** An election as far as its ballot goes. */
export interface ElectionForm extends BallotForm {
  readonly name: string
  readonly state: string
  readonly about: string | null
  readonly opens_at: string | null
  readonly closes_at: string | null
  readonly public_key: string | null
  readonly key_fingerprint: string | null
  readonly open: boolean
}

type ContestRow = Omit<BallotContest, 'most' | 'most_points'> & {
  readonly choices: number | null
  readonly max_score: number | null
  readonly votes_per_ballot: number | null
}

/** A ballot on which yes or no is asked has these, whatever else there is. */
const answers: readonly BallotCandidate[] = [
  { id: 'yes', name: 'Yes', statement: null },
  { id: 'no', name: 'No', statement: null },
  { id: 'abstain', name: 'Abstain', statement: null },
]

/** The ballot of an election, in one query; undefined when there is no such election here. */
export async function formOf(
  { db }: Pick<AnonymousContext, 'db'>,
  election: string,
): Promise<ElectionForm | undefined> {
  const { rows } = await sql<Omit<ElectionForm, 'election' | 'contests'> & { contests: readonly ContestRow[] }>`
    select e.name, e.state, e.about, e.opens_at, e.closes_at, e.public_key, e.key_fingerprint,
      governance.is_voting(e.id) as open, coalesce((
        select jsonb_agg(jsonb_build_object('id', c.id, 'name', c.name, 'about', c.about, 'method', c.method,
          'seats', c.seats, 'choices', c.choices, 'max_score', c.counting -> 'max_score',
          'votes_per_ballot', c.counting -> 'votes_per_ballot', 'candidates', coalesce((
            select jsonb_agg(jsonb_build_object('id', k.id, 'name', k.name, 'statement', k.statement)
                || case when k.state = 'accepted' then '{}' else '{"withdrawn": true}'::jsonb end
              order by k.position nulls last, k.name, k.id)
            from governance.candidate k where k.org_id = c.org_id and k.contest = c.id
              and (k.state = 'accepted' or k.position is not null and k.state in ('withdrawn', 'removed'))), '[]'))
          order by c.position, c.id)
        from governance.contest c where c.org_id = e.org_id and c.election = e.id), '[]') as contests
    from governance.election e where e.id = ${election}`.execute(db)
  const [found] = rows
  return found && { ...found, election, contests: found.contests.map(contestOn) }
}

function contestOn({ choices, max_score, votes_per_ballot, ...contest }: ContestRow): BallotContest {
  const { method, seats } = contest
  const candidates = method === 'yes-no' ? answers : contest.candidates
  const all = candidates.length
  const wanted: Record<BallotMethod, number> = {
    'yes-no': 1,
    plurality: choices ?? seats,
    approval: choices ?? all,
    irv: choices ?? all,
    stv: choices ?? all,
    score: all,
    cumulative: all,
  }
  const points = { score: max_score ?? 5, cumulative: votes_per_ballot ?? choices ?? seats } as const
  return {
    ...contest,
    candidates,
    most: Math.min(wanted[method], all),
    most_points: method === 'score' || method === 'cumulative' ? points[method] : null,
  }
}
