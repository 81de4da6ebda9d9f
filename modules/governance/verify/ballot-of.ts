import type { Ballot, Rules } from '../counting/index.ts'
import type { BallotInFile, ContestInFile } from './box-file.ts'
import type { FindingCode } from './finding.ts'

/** A contest with the rules that it is counted by. */
export interface Counted extends ContestInFile {
  readonly rules: Rules
}

/** What is marked, by contest; or why it is no ballot of this election. */
export type Marked = ReadonlyMap<string, Ballot> | { readonly code: FindingCode; readonly contest: string }

type Json = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

const ways: Readonly<Record<string, 'ranks' | 'points' | 'choices'>> = {
  irv: 'ranks',
  stv: 'ranks',
  score: 'points',
  cumulative: 'points',
}

/**
 * Reads a ballot by the rules that are published with it. There is one text for each way of marking one, so that a
 * ballot cannot carry a message; on paper people may mark what they like.
 */
export function ballotOf(election: string, contests: readonly Counted[], { ballot, origin }: BallotInFile): Marked {
  const value = parsed(ballot)
  const bad = (code: FindingCode, contest = '') => ({ code, contest })
  if (!value || !isObject(value['choices'])) return bad('malformed')
  if (value['election'] !== election) return bad('other_election')
  const choices = value['choices']
  const marks = new Map<string, Ballot>()
  for (const contest of contests) {
    const found = marksOf(contest, choices[contest.id])
    if (!found) return bad('malformed', contest.name)
    const names = namesOf(found)
    if (names.some((name) => !contest.candidates.some(({ id }) => id === name)))
      return bad('unknown_candidate', contest.name)
    if (origin === 'online' && isOver(contest, found, names)) return bad('too_many_marks', contest.name)
    marks.set(contest.id, found)
  }
  return spelled(election, contests, marks, value['salt']) === ballot ? marks : bad('malformed')
}

function parsed(text: string): Json | null {
  try {
    const value: unknown = JSON.parse(text)
    return isObject(value) ? value : null
  } catch {
    return null
  }
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string')

function marksOf({ rules }: Counted, marks: unknown): Ballot | null {
  const way = ways[rules.method] ?? 'choices'
  if (!isObject(marks) || Object.keys(marks).join() !== way) return null
  const value = marks[way]
  if (way === 'choices') return isTexts(value) ? { choices: value } : null
  if (way === 'ranks') return Array.isArray(value) && value.every(isTexts) ? { ranks: value } : null
  if (!isObject(value) || !Object.values(value).every((one) => Number.isSafeInteger(one) && Number(one) > 0))
    return null
  return { points: value as Record<string, number> }
}

const namesOf = ({ ranks, choices, points }: Ballot): readonly string[] =>
  ranks?.flat() ?? choices ?? Object.keys(points ?? {})

/** More than the rules allow. The booth lets nobody do so, and the server takes no such ballot. */
function isOver({ rules, candidates }: Counted, { ranks, points }: Ballot, names: readonly string[]): boolean {
  const most = {
    'yes-no': 1,
    irv: rules.max_rankings,
    stv: rules.max_rankings,
    plurality: rules.max_choices,
    approval: rules.max_choices,
  }[rules.method as string]
  if (new Set(names).size < names.length || names.length > (most ?? candidates.length)) return true
  if (ranks?.some((rank) => rank.length !== 1)) return true
  const given = Object.values(points ?? {})
  if (rules.method === 'score') return given.some((one) => one > rules.max_score)
  return rules.method === 'cumulative' && given.reduce((sum, one) => sum + one, 0) > rules.votes_per_ballot
}

/** The one text of these marks: contests and candidates in the order of the ballot. */
function spelled(
  election: string,
  contests: readonly Counted[],
  marks: ReadonlyMap<string, Ballot>,
  salt: unknown,
): string | null {
  if (typeof salt !== 'string' || !/^[0-9a-f]{32}$/.test(salt)) return null
  const parts = contests.map(
    (contest) => `${JSON.stringify(contest.id)}:${marksIn(contest, marks.get(contest.id) ?? {})}`,
  )
  return `{"election":${JSON.stringify(election)},"choices":{${parts.join()}},"salt":"${salt}"}`
}

function marksIn({ candidates }: Counted, { ranks, choices = [], points }: Ballot): string {
  const inOrder = (names: readonly string[]) => {
    const wanted = candidates.flatMap(({ id }) => names.filter((name) => name === id))
    return `[${wanted.map((name) => JSON.stringify(name)).join()}]`
  }
  if (ranks) return `{"ranks":[${ranks.map(inOrder).join()}]}`
  if (!points) return `{"choices":${inOrder(choices)}}`
  const given = candidates.filter(({ id }) => Object.hasOwn(points, id))
  return `{"points":{${given.map(({ id }) => `${JSON.stringify(id)}:${points[id]}`).join()}}}`
}
