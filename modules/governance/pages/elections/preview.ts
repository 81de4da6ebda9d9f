import type { BallotContest, BallotMethod } from '../../ballots/ballot.ts'
import { t } from './t.ts'
import type { PreviewContest } from './wire.ts'

const points: Readonly<Record<string, string>> = { score: 'max_score', cumulative: 'votes_per_ballot' }

const usualPoints = ({ method, choices, seats }: PreviewContest) =>
  method === 'score' ? 5 : method === 'cumulative' ? (choices ?? seats) : null

/** What the words of a yes-no contest are on every ballot. */
const words = ['yes', 'no', 'abstain'] as const

/** A contest before it is published, as the ballot will have it. */
export function asOnBallot(contest: PreviewContest): BallotContest {
  const { id, name, about, seats, choices, counting } = contest
  const method = contest.method as BallotMethod
  const candidates =
    method === 'yes-no'
      ? words.map((one) => ({ id: one, name: t(`office.preview.word.${one}`), statement: null }))
      : contest.candidates.map((one) => ({ id: one.id, name: one.name, statement: one.statement }))
  const usual = method === 'plurality' ? seats : candidates.length
  const given = counting?.[points[method] ?? '']
  return {
    id,
    name,
    about,
    method,
    seats,
    most: method === 'yes-no' ? 1 : method === 'cumulative' ? candidates.length : (choices ?? usual),
    most_points: typeof given === 'number' ? given : usualPoints(contest),
    candidates,
  }
}
