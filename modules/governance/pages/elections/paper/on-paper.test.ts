import { expect, test } from 'vitest'
import type { BallotContest, BallotMethod } from '../../../ballots/ballot.ts'
import { isOver, marksOf, type Typed } from './on-paper.ts'

const contest = (method: BallotMethod, most = 1, points: number | null = null): BallotContest => ({
  id: 'c',
  name: 'President',
  about: null,
  method,
  seats: 1,
  most,
  most_points: points,
  candidates: ['a', 'b', 'c'].map((id) => ({ id, name: id.toUpperCase(), statement: null })),
})

const papers: readonly [what: string, of: BallotContest, typed: Typed, marks: object, over: boolean][] = [
  ['one mark', contest('plurality'), { b: 'x' }, { choices: ['b'] }, false],
  ['nothing marked', contest('plurality'), {}, { choices: [] }, false],
  ['two marks where one may be', contest('plurality'), { c: 'x', a: 'x' }, { choices: ['a', 'c'] }, true],
  ['ranks in an order', contest('irv', 3), { a: '2', c: '1' }, { ranks: [['c'], ['a']] }, false],
  ['a rank left out', contest('stv', 3), { a: '1', b: '3' }, { ranks: [['a'], [], ['b']] }, false],
  ['two at one rank', contest('irv', 3), { a: '1', b: '1' }, { ranks: [['a', 'b']] }, true],
  ['points', contest('score', 3, 5), { a: '5', b: '0', c: '2' }, { points: { a: 5, c: 2 } }, false],
  ['too many points for one', contest('score', 3, 5), { a: '6' }, { points: { a: 6 } }, true],
  ['votes shared out', contest('cumulative', 3, 4), { a: '3', b: '1' }, { points: { a: 3, b: 1 } }, false],
  ['more votes than there are', contest('cumulative', 3, 4), { a: '3', b: '2' }, { points: { a: 3, b: 2 } }, true],
]

test.each(papers)('%s is entered as it stands on the paper', (_, of, typed, marks, over) => {
  expect(marksOf(of, typed)).toEqual(marks)
  expect(isOver(of, typed)).toBe(over)
})
