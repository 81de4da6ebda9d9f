import { decimal } from '@commonhall/kernel'
import type { Inactive, Tabulation, Votes } from '../../counting/result.ts'

/** One candidate in one round; undefined once they are out of the count. */
export interface Cell {
  readonly votes: Votes
  /** Against the round before, with its sign; undefined where nothing changed. */
  readonly change: string | undefined
  /** What this round decided about them. */
  readonly fate: 'elected' | 'eliminated' | undefined
  /** For drawing alone: the share of the longest bar of all rounds, from 0 to 1. */
  readonly length: number
  /** How much of that came with this round. */
  readonly gained: number
}

export interface CandidateRow {
  readonly id: string
  readonly name: string
  readonly cells: readonly (Cell | undefined)[]
  readonly fate: 'elected' | 'eliminated' | undefined
}

export interface RoundsTable {
  readonly rows: readonly CandidateRow[]
  readonly thresholds: readonly Votes[]
  /** Of each round's threshold, for drawing alone. */
  readonly marks: readonly number[]
  readonly exhausted: readonly Votes[]
  /** Where votes above the thresholds are left over at the end. */
  readonly surplus: readonly (Votes | undefined)[]
}

const sum = (...votes: readonly Votes[]): Votes => votes.reduce((all, one) => all.plus(one), decimal('0')).toFixed()

/** Votes that count for nobody any more, whatever the reason. */
export const exhaustedOf = (inactive: Inactive): Votes =>
  sum(inactive.overvotes, inactive.skipped_ranks, inactive.repeated_rankings, inactive.exhausted_choices)

const changeOf = (now: Votes, before: Votes | undefined): string | undefined => {
  const change = before === undefined ? decimal('0') : decimal(now).minus(before)
  return change.eq('0') ? undefined : `${change.gt('0') ? '+' : '−'}${change.abs().toFixed()}`
}

/** A bar may be a float, a figure never is. */
const lengthOf = (votes: Votes, longest: number) => Number(votes) / (longest || 1)

/**
 * A count as a table: a row for each candidate, a column for each round. Who got furthest comes first, but for answers,
 * which stand as they did on the ballot.
 */
export function roundsTable(
  { rounds, winners }: Pick<Tabulation, 'rounds' | 'winners'>,
  candidates: readonly { readonly id: string; readonly name: string }[],
  isAsOnBallot = false,
): RoundsTable {
  const longest = Math.max(...rounds.flatMap(({ tally }) => Object.values(tally).map(Number)), 0)
  const rows = candidates.map(({ id, name }) => {
    const cells = rounds.map(({ tally, elected, eliminated }, index): Cell | undefined => {
      const votes = tally[id]
      if (votes === undefined) return undefined
      const before = rounds[index - 1]?.tally[id]
      const fate = elected.includes(id) ? 'elected' : eliminated.includes(id) ? 'eliminated' : undefined
      const gained = before === undefined ? 0 : lengthOf(votes, longest) - lengthOf(before, longest)
      const change = changeOf(votes, before)
      return { votes, change, fate, length: lengthOf(votes, longest), gained: Math.max(0, gained) }
    })
    const isOut = cells.some((cell) => cell?.fate === 'eliminated')
    const fate = winners.includes(id) ? 'elected' : isOut ? 'eliminated' : undefined
    return { id, name, cells, fate } as const
  })
  // Who withdrew in time was out of the count before it began.
  const counted = rows.filter(({ cells }) => cells.some((cell) => cell !== undefined))
  const place = (id: string) => (winners.indexOf(id) + 1 || winners.length + 1) - 1
  const last = ({ cells }: CandidateRow) => cells.findLastIndex((cell) => cell !== undefined)
  const final = (row: CandidateRow) => Number(row.cells[last(row)]?.votes ?? 0)
  const byPlace = (a: CandidateRow, b: CandidateRow) =>
    place(a.id) - place(b.id) || last(b) - last(a) || final(b) - final(a)
  return {
    rows: isAsOnBallot ? counted : counted.toSorted(byPlace),
    thresholds: rounds.map(({ threshold }) => threshold),
    marks: rounds.map(({ threshold }) => lengthOf(threshold, longest)),
    exhausted: rounds.map(({ inactive }) => exhaustedOf(inactive)),
    surplus: rounds.map(({ inactive }) => inactive.final_round_surplus),
  }
}
