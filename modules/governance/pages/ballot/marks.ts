import { type Marks as Sealed, waysOfMarking } from '../../ballots/ballot.ts'
import { type Contest, mostOf, pointsOf, wayOf } from './contest.ts'

/** What a voter has marked in one contest. Nobody chosen and no points: it is left blank. */
export interface Mark {
  /** Who is marked; where one ranks, in that order. Nobody stands in it twice. */
  readonly chosen: readonly string[]
  /** Whole numbers above zero. */
  readonly points: Readonly<Record<string, number>>
}

/** By contest. */
export type Marks = Readonly<Record<string, Mark>>

export const nothing: Mark = { chosen: [], points: {} }

export const markOf = (marks: Marks, { id }: Pick<Contest, 'id'>): Mark => marks[id] ?? nothing

export const isBlank = ({ chosen, points }: Mark): boolean => chosen.length === 0 && Object.keys(points).length === 0

const isOn = ({ candidates }: Contest, id: string) => candidates.some((candidate) => candidate.id === id)

export const sumOf = ({ points }: Mark): number => Object.values(points).reduce((sum, each) => sum + each, 0)

/** Whether no further candidate could be marked. */
export const isFull = (contest: Contest, { chosen }: Mark): boolean => chosen.length >= mostOf(contest)

/** How many points one candidate could be given, besides what the others have. */
export function roomFor(contest: Contest, mark: Mark, id: string): number {
  const others = Object.entries(mark.points).filter(([one]) => one !== id)
  if (others.length >= mostOf(contest)) return 0
  return wayOf(contest) === 'share'
    ? pointsOf(contest) - others.reduce((sum, [, each]) => sum + each, 0)
    : pointsOf(contest)
}

/** Marks somebody, or takes the mark back. Where one may mark only one, the last one marked is it. */
export function choose(contest: Contest, mark: Mark, id: string): Mark {
  if (!isOn(contest, id)) return mark
  if (wayOf(contest) === 'one') return { ...mark, chosen: [id] }
  if (mark.chosen.includes(id)) return { ...mark, chosen: mark.chosen.filter((one) => one !== id) }
  return isFull(contest, mark) ? mark : { ...mark, chosen: [...mark.chosen, id] }
}

/**
 * Puts somebody at a place of the ranking, from 0; the others make room. A place beyond the last is the last; no place
 * takes them out. In a full ranking whoever comes anew pushes out the last.
 */
export function rank(contest: Contest, mark: Mark, id: string, place: number | undefined): Mark {
  if (!isOn(contest, id)) return mark
  const others = mark.chosen.filter((one) => one !== id)
  if (place === undefined) return { ...mark, chosen: others }
  return { ...mark, chosen: others.toSpliced(Math.max(0, place), 0, id).slice(0, mostOf(contest)) }
}

/** Gives somebody points, as many as there is room for at most; nought takes theirs back. */
export function give(contest: Contest, mark: Mark, id: string, points: number): Mark {
  if (!isOn(contest, id)) return mark
  const others = Object.fromEntries(Object.entries(mark.points).filter(([one]) => one !== id))
  const given = Math.min(Math.max(0, Math.trunc(points) || 0), roomFor(contest, mark, id))
  return { ...mark, points: given ? { ...others, [id]: given } : others }
}

/** What of kept marks still fits the ballot: candidates and rules may have changed since. */
export function fitting(contests: readonly Contest[], marks: Marks): Marks {
  const fit = contests.map((contest) => {
    const { chosen, points } = markOf(marks, contest)
    const isGiven = waysOfMarking(contest.method) === 'points'
    const known = [...new Set(chosen)].filter((id) => isOn(contest, id)).slice(0, mostOf(contest))
    const given = Object.entries(points).reduce((mark, [id, each]) => give(contest, mark, id, each), nothing)
    return [contest.id, isGiven ? given : { ...nothing, chosen: known }] as const
  })
  return Object.fromEntries(fit.filter(([, mark]) => !isBlank(mark)))
}

/** Marks in the form in which they are sealed and counted. */
export function sealed(contests: readonly Contest[], marks: Marks): Record<string, Sealed> {
  const each = contests.map((contest): [string, Sealed] => {
    const { chosen, points } = markOf(marks, contest)
    const way = waysOfMarking(contest.method)
    if (way === 'points') return [contest.id, { points }]
    return [contest.id, way === 'ranks' ? { ranks: chosen.map((id) => [id]) } : { choices: chosen }]
  })
  return Object.fromEntries(each)
}

/** Marks of a sealed ballot, as they were made. */
export function opened(contests: readonly Contest[], choices: Readonly<Record<string, Sealed>>): Marks {
  const each = contests.map(({ id }) => {
    const { ranks, choices: chosen, points = {} } = choices[id] ?? {}
    return [id, { chosen: ranks?.flat() ?? chosen ?? [], points }] as const
  })
  return Object.fromEntries(each)
}
