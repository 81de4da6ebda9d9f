import { Refusal } from '@commonhall/kernel'
import { type Ballot, count } from '../counting/index.ts'
import type { Counted } from './ballot-of.ts'
import type { Finding } from './finding.ts'

type Json = Readonly<Record<string, unknown>>

/** One that was read: what is marked, and whether it stands in the box by right. */
export interface ReadBallot {
  readonly marks: ReadonlyMap<string, Ballot>
  readonly isSound: boolean
}

/** So many differences of a contest are told; the first says most. */
const mostTold = 5

/**
 * Counts a contest anew and holds what is published against it. Where ballots were planted, the published result may be
 * the one with them or the one without: what is wrong then is the ballots, and the tally is as they make it.
 */
export function recount(contest: Counted, ballots: readonly ReadBallot[], published: unknown): Finding[] {
  const compared = (some: readonly ReadBallot[]) => {
    const marks = some.map((one) => one.marks.get(contest.id) ?? {})
    return differences(contest, count(contest.rules, marks), published)
  }
  try {
    const all = compared(ballots)
    const sound = ballots.filter(({ isSound }) => isSound)
    if (!all.length || sound.length === ballots.length) return all
    return compared(sound).length ? all : []
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return [{ code: 'uncountable', params: { contest: contest.name, why: error.message } }]
  }
}

function differences(contest: Counted, ours: unknown, theirs: unknown): Finding[] {
  const nameOf = (id: string) => contest.candidates.find((one) => one.id === id)?.name ?? id
  const said = (value: unknown) => {
    const text = typeof value === 'string' ? nameOf(value) : JSON.stringify(value ?? null)
    return text.length > 80 ? `${text.slice(0, 80)}…` : text
  }
  return [...unlike(ours, theirs, [])].slice(0, mostTold).map(({ path, one, other }): Finding => {
    const isWinner = path[0] === 'winners'
    const [, round = ''] = /(?:^|,)rounds,(\d+)/.exec(path.join()) ?? []
    const where = path.map((part) => nameOf(part)).join(' › ')
    return {
      code: isWinner ? 'winners' : 'tally',
      params: { contest: contest.name, round: round && Number(round) + 1, where, said: said(other), found: said(one) },
    }
  })
}

interface Unlike {
  readonly path: readonly string[]
  readonly one: unknown
  readonly other: unknown
}

/** Where two JSON values differ; the order of members has no meaning. */
function* unlike(one: unknown, other: unknown, path: readonly string[]): Generator<Unlike> {
  if (Object.is(one, other)) return
  const areObjects = typeof one === 'object' && typeof other === 'object' && one !== null && other !== null
  if (!areObjects || Array.isArray(one) !== Array.isArray(other)) {
    yield { path, one, other }
    return
  }
  const [mine, yours] = [one as Json, other as Json]
  for (const key of new Set([...Object.keys(mine), ...Object.keys(yours)])) {
    if (mine[key] === undefined && yours[key] === undefined) continue
    yield* unlike(mine[key], yours[key], [...path, key])
  }
}
