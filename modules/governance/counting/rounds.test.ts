import { expect, test } from 'vitest'
import { type Ballot, count, readRules, type SingleCount } from './index.ts'

const run = (rules: object, votes: Readonly<Record<string, number>>) => {
  const ballots = Object.entries(votes).map(([ranks, size]): Ballot => ({
    count: size,
    ranks: Array.from(ranks, (name) => [name]),
  }))
  const json = { method: 'irv', candidates: ['A', 'B', 'C', 'D'], tie_break: { mode: 'candidate-order' }, ...rules }
  return count(readRules(json), ballots) as SingleCount
}

/** Of each round: its threshold, who is elected, who eliminated. */
const course = ({ rounds }: SingleCount) =>
  rounds.map(({ threshold, elected, eliminated }) => [threshold, elected.join(), eliminated.join()])

test('counting on until two remain keeps the threshold, and never leaves the winner alone', () => {
  const rules = { continue_until_two_remain: true, batch_elimination: true }
  expect(course(run(rules, { A: 20, B: 4, C: 2, D: 1 }))).toEqual([
    ['14', 'A', ''],
    ['14', '', 'C,D'],
    ['14', '', ''],
  ])
})

test('a batch goes together where none of it can get past the next', () => {
  expect(course(run({ batch_elimination: true }, { A: 9, B: 8, CA: 2, DA: 1 }))).toEqual([
    ['11', '', 'C,D'],
    ['11', 'A', ''],
  ])
})

test('write-ins with votes go first, be they ahead of the only other', () => {
  const rules = { candidates: ['A'], undeclared_write_ins: { present: true, name: 'W' } }
  expect(course(run(rules, { A: 3, W: 5 }))).toEqual([
    ['5', '', 'W'],
    ['2', 'A', ''],
  ])
})

test('a frozen threshold may be reached by nobody: of the last two, the one ahead is elected', () => {
  const votes = { A: 5, B: 4, C: 3 }
  expect(course(run({ quota: 'majority-of-first-round' }, votes)).at(-1)).toEqual(['7', 'A', ''])
})

test('whoever has fewer first choices than the rules ask for goes at once', () => {
  const votes = { A: 5, B: 4, C: 1, DB: 1 }
  expect(course(run({ minimum_first_round_votes: 2 }, votes))[0]).toEqual(['6', '', 'C,D'])
})

test('a count that is stopped names who would go, and moves nothing', () => {
  const { rounds, winners } = run({ stop_after_round: 1 }, { A: 3, B: 2, CB: 2, DB: 1 })
  expect(winners).toEqual([])
  expect(rounds).toMatchObject([{ eliminated: ['D'], transfers: { D: {} } }])
})

test('one winner a round: the highest, and the other when the surplus has gone', () => {
  const rules = { method: 'stv', seats: 2, winners_per_round: 'one', decimal_places: 2 }
  expect(course(run(rules, { AC: 8, B: 6, C: 1 }))).toEqual([
    ['6', 'A', ''],
    ['6', 'B', ''],
    ['6', '', ''],
  ])
})

test('more seats than candidates elect them all', () => {
  expect(course(run({ method: 'stv', seats: 5 }, { A: 3, B: 1 }))).toEqual([['1', 'A,B,C,D', '']])
})

test('all below a percentage may go together', () => {
  const rules = { method: 'bottoms-up-percentage', percentage: 20, eliminate_all_below_threshold: true }
  expect(course(run(rules, { A: 5, B: 4, CA: 1, DA: 1 }))).toEqual([
    ['2.20', '', 'C,D'],
    ['2.20', 'A,B', ''],
  ])
})
