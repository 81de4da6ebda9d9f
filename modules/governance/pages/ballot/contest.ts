import type { BallotContest } from '../../ballots/ballot.ts'

export type { BallotCandidate as Candidate, BallotContest as Contest } from '../../ballots/ballot.ts'

/** How one marks a contest: one or several of them, in an order, or with numbers. */
export type Way = 'one' | 'several' | 'ranks' | 'score' | 'share'

const ways: Partial<Record<BallotContest['method'], Way>> = {
  'yes-no': 'one',
  irv: 'ranks',
  stv: 'ranks',
  score: 'score',
  cumulative: 'share',
}

/** At most how many may be marked. */
export const mostOf = ({ most, candidates }: BallotContest): number => Math.min(most, candidates.length)

export const wayOf = (contest: BallotContest): Way =>
  ways[contest.method] ?? (contest.method === 'plurality' && mostOf(contest) === 1 ? 'one' : 'several')

/** How many points or votes there are to give. */
export const pointsOf = ({ most_points }: BallotContest): number => most_points ?? 0

export const nameOf = ({ candidates }: BallotContest, id: string): string =>
  candidates.find((candidate) => candidate.id === id)?.name ?? id
