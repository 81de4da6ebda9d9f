import { type BallotContest, type Marks, waysOfMarking } from '../../../ballots/ballot.ts'

/** What somebody types who reads a paper: by candidate a rank, points, or `x` for a mark. */
export type Typed = Readonly<Record<string, string>>

const numberIn = (text: string | undefined) => (/^\d{1,4}$/.test(text ?? '') ? Number(text) : 0)

/**
 * What a paper says of one contest, in the shape in which it is counted. Nothing is put right: two names may have the
 * same rank, a rank may be left out, and more may be marked than should be.
 */
export function marksOf(contest: BallotContest, typed: Typed): Marks {
  const way = waysOfMarking(contest.method)
  const marked = contest.candidates.map(({ id }) => id).filter((id) => typed[id])
  if (way === 'choices') return { choices: marked }
  if (way === 'points')
    return { points: Object.fromEntries(marked.map((id) => [id, numberIn(typed[id])]).filter(([, count]) => count)) }
  const last = Math.max(0, ...marked.map((id) => numberIn(typed[id])))
  const ranks = Array.from({ length: last }, (_, index) => marked.filter((id) => numberIn(typed[id]) === index + 1))
  return { ranks }
}

/** Whether more is marked than may be: no mistake, for so it may stand on the paper, but worth a second look. */
export function isOver(contest: BallotContest, typed: Typed): boolean {
  const { choices, points = {}, ranks } = marksOf(contest, typed)
  if (choices) return choices.length > contest.most
  if (ranks) return ranks.some((names) => names.length > 1) || ranks.flat().length > contest.most
  const given = Object.values(points)
  const most = contest.most_points ?? 0
  return contest.method === 'score' ? given.some((one) => one > most) : given.reduce((sum, one) => sum + one, 0) > most
}
