import { refuse, say } from '@commonhall/kernel'
import type { Ballot, Ballots, PackedBallots } from './ballot.ts'

const isPacked = (ballots: Ballots): ballots is PackedBallots => 'rows' in ballots && 'cells' in ballots

/** How many ballots are alike: a whole number from 0. */
export function countOf({ count = 1 }: Ballot, at: number): number {
  if (!Number.isSafeInteger(count) || count < 0)
    refuse('invalid_ballot', say('governance:counting.refused.count', { at, count }))
  return count
}

/** Ballots as columns: with ranks, or with choices where these are asked for, as if each were a rank. */
export function packed(ballots: Ballots, of: 'ranks' | 'choices' = 'ranks'): PackedBallots {
  if (isPacked(ballots)) return ballots
  const all = [...ballots].map((ballot) => ({
    ballot,
    ranks: ballot.ranks ?? (of === 'choices' ? ballot.choices?.map((name) => [name]) : undefined),
  }))
  const width = all.reduce((most, { ranks = [] }) => Math.max(most, ranks.length), 0)
  const cells: (readonly string[])[] = [[]]
  const known = new Map<string, number>([['[]', 0]])
  const rows = new Uint16Array(all.length * width)
  const counts = new Float64Array(all.length)
  for (const [row, { ballot, ranks }] of all.entries()) {
    if (!ranks) refuse('invalid_ballot', say('governance:counting.refused.no_ranks', { at: row + 1 }))
    counts[row] = countOf(ballot, row + 1)
    for (const [rank, names] of ranks.entries()) {
      const key = JSON.stringify(names)
      let cell = known.get(key)
      if (cell === undefined) known.set(key, (cell = cells.push(names) - 1))
      if (cell > 0xffff) refuse('invalid_ballot', say('governance:counting.refused.too_many_cells'))
      rows[row * width + rank] = cell
    }
  }
  return { width, cells, rows, counts }
}

/** The ballots one by one. */
export function* unpacked({
  width,
  cells,
  rows,
  counts,
}: PackedBallots): Generator<Required<Pick<Ballot, 'count' | 'ranks'>>> {
  for (const [row, count] of counts.entries()) {
    const ranks = Array.from(rows.subarray(row * width, (row + 1) * width), (cell) => cells[cell] ?? [])
    yield { count, ranks }
  }
}
