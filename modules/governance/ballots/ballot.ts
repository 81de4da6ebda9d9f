import { say } from '@commonhall/kernel'
import type { Ballot } from '../counting/ballot.ts'

/** What is marked for one contest, in the shape in which it is counted. */
export type Marks = Omit<Ballot, 'count'>

export type BallotMethod = 'yes-no' | 'plurality' | 'approval' | 'score' | 'irv' | 'stv' | 'cumulative'

/** One contest as it stands on the ballot. */
export interface BallotContest {
  readonly id: string
  readonly name: string
  readonly about: string | null
  readonly method: BallotMethod
  readonly seats: number
  /** How many may be marked; for ranked methods how many may be ranked, for points how many may have any. */
  readonly most: number
  /** score: the most for one; cumulative: the votes to share out; else null. */
  readonly most_points: number | null
  /** In the order of the ballot. Of a yes-no contest: `yes`, `no` and `abstain`. */
  readonly candidates: readonly BallotCandidate[]
}

export interface BallotCandidate {
  readonly id: string
  readonly name: string
  readonly statement: string | null
  /** They withdrew, or were taken off, after the ballot was published: marks for them count for nobody. */
  readonly withdrawn?: true
}

/** What a ballot is checked against. */
export interface BallotForm {
  /** The election's id. */
  readonly election: string
  /** In the order of the ballot. */
  readonly contests: readonly BallotContest[]
}

/** A ballot as it is sealed: what is marked by contest, and a random number that makes it unlike every other. */
export interface FilledBallot {
  readonly election: string
  /** Every contest of the election; one that is left blank has no marks. */
  readonly choices: Readonly<Record<string, Marks>>
  /** 32 hexadecimal digits. */
  readonly salt: string
}

/** What is wrong with a ballot, and where. */
export interface BallotProblem {
  readonly code:
    | 'malformed'
    | 'too_large'
    | 'wrong_election'
    | 'unknown_contest'
    | 'unknown_candidate'
    | 'marked_twice'
    | 'too_many_choices'
    | 'too_many_points'
    | 'wrong_marks'
  readonly contest: string | null
  /** The sentence for people. */
  readonly message: string
}

/** The most characters that a sealed ballot may have. */
export const longestBallot = 65_536

/** Which member of `Marks` a method is marked by. */
export function waysOfMarking(method: BallotMethod): keyof Marks {
  if (method === 'irv' || method === 'stv') return 'ranks'
  return method === 'score' || method === 'cumulative' ? 'points' : 'choices'
}

/** A contest on which nothing is marked. */
export const blankMarks = ({ method }: Pick<BallotContest, 'method'>): Marks =>
  ({ ranks: { ranks: [] }, points: { points: {} }, choices: { choices: [] } })[waysOfMarking(method)]

/**
 * The one text that says these marks: contests and candidates in the order of the ballot, whatever the order of
 * clicking was, so that nobody can tell ballots apart by how they were filled in.
 */
export function ballotText(form: BallotForm, { choices, salt }: Pick<FilledBallot, 'choices' | 'salt'>): string {
  const ordered = form.contests.map((contest) => [contest.id, orderedMarks(contest, choices[contest.id])])
  return JSON.stringify({ election: form.election, choices: Object.fromEntries(ordered), salt })
}

/** Marks in the order of the ballot; whoever has no points is left out. */
export function orderedMarks(contest: BallotContest, marks: Marks = blankMarks(contest)): Marks {
  const place = new Map(contest.candidates.map(({ id }, index) => [id, index]))
  const byPlace = (a: string, b: string) => (place.get(a) ?? Infinity) - (place.get(b) ?? Infinity)
  const { ranks, choices, points } = marks
  if (ranks) return { ranks: ranks.map((names) => names.toSorted(byPlace)) }
  if (choices) return { choices: choices.toSorted(byPlace) }
  const given = Object.entries(points ?? {}).filter(([, count]) => count !== 0)
  return { points: Object.fromEntries(given.toSorted(([a], [b]) => byPlace(a, b))) }
}

/** Reads a sealed ballot again, or says what is wrong with it. Only the very text of `ballotText` is one. */
export function readBallot(form: BallotForm, text: string): FilledBallot | BallotProblem {
  if (text.length > longestBallot) return problem('too_large')
  const found = parsed(text)
  if (!found) return problem('malformed')
  if (found.election !== form.election) return problem('wrong_election')
  const stranger = Object.keys(found.choices).find((id) => !form.contests.some((contest) => contest.id === id))
  if (stranger !== undefined) return problem('unknown_contest')
  for (const contest of form.contests) {
    const marks = found.choices[contest.id]
    if (!marks) return problem('malformed')
    const wrong = checkMarks(contest, marks)
    if (wrong) return wrong
  }
  return ballotText(form, found) === text ? found : problem('malformed')
}

export const isProblem = (read: FilledBallot | BallotProblem): read is BallotProblem => 'code' in read

function parsed(text: string): FilledBallot | null {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return null
  }
  if (!isPlain(value) || !isPlain(value['choices'])) return null
  const { election, choices, salt } = value
  if (typeof election !== 'string' || typeof salt !== 'string' || !/^[0-9a-f]{32}$/.test(salt)) return null
  return { election, choices: choices as Record<string, Marks>, salt }
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** How strictly marks are read. */
interface Reading {
  /** As they stand on a paper, on which nothing stops people from marking too many or leaving a rank out. */
  readonly asOnPaper?: boolean
}

/** What is wrong with the marks of one contest; null when nothing is. */
export function checkMarks(contest: BallotContest, marks: unknown, { asOnPaper }: Reading = {}): BallotProblem | null {
  const way = waysOfMarking(contest.method)
  const wrong = (code: BallotProblem['code']) => problem(code, contest)
  if (!isPlain(marks) || Object.keys(marks).join() !== way) return wrong('wrong_marks')
  const names = namesOf(marks)
  if (!names) return wrong('wrong_marks')
  const known = new Set(contest.candidates.map(({ id }) => id))
  if (names.some((name) => !known.has(name))) return wrong('unknown_candidate')
  if (asOnPaper) return null
  if (new Set(names).size < names.length) return wrong('marked_twice')
  if (names.length > contest.most) return wrong('too_many_choices')
  const { ranks, points } = marks as Marks
  if (ranks && ranks.some((rank) => rank.length !== 1)) return wrong('wrong_marks')
  return points && tooManyPoints(contest, Object.values(points)) ? wrong('too_many_points') : null
}

/** Whoever is marked, in the order of the marks; null where they are not of the form. */
function namesOf({ ranks, choices, points }: Marks): string[] | null {
  if (points) return isPlain(points) && Object.values(points).every(isCount) ? Object.keys(points) : null
  const lists: unknown = ranks ?? [choices]
  if (!Array.isArray(lists) || !lists.every((list) => Array.isArray(list))) return null
  const names: unknown[] = lists.flat()
  return names.every((name) => typeof name === 'string') ? names : null
}

const isCount = (value: unknown) => Number.isSafeInteger(value) && (value as number) > 0

const tooManyPoints = ({ method, most_points }: BallotContest, points: readonly number[]) =>
  (method === 'score' ? Math.max(0, ...points) : points.reduce((sum, one) => sum + one, 0)) > (most_points ?? 0)

function problem(code: BallotProblem['code'], contest?: BallotContest): BallotProblem {
  const { id = null, name = '', most = 0, most_points: points = 0 } = contest ?? {}
  return { code, contest: id, message: say(`governance:ballot.${code}`, { name, count: most, points }) }
}

/** What a voter can look for in the published box: the hash of the sealed ballot, in hexadecimal digits. */
export async function receiptOf(text: string): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** A new random number for a ballot. */
export const newSalt = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('')
