import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { addWords } from '@commonhall/kernel'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Ballot, count, drawnOrder, readRules, sayTie, type SingleCount, words } from './index.ts'
import { JavaRandom } from './java-random.ts'
import { sha256 } from './sha256.ts'

beforeAll(() => addWords('governance', { counting: words }))

describe('random numbers are those of java.util.Random', () => {
  test('nextDouble, as its documentation prescribes it', () => {
    const random = new JavaRandom(0n)
    // new Random(0).nextDouble() is 0.730967787376657, 0.24053641567148587, 0.6374174253501083, …
    expect([random.pick(1_000_000), random.pick(1_000_000), random.pick(1_000_000)]).toEqual([
      730_967, 240_536, 637_417,
    ])
  })

  test('nextInt, and what shuffle makes of it', () => {
    // new Random(42).nextInt(10) is 0, 3, 8, 4, 0, …; nextInt(8) has a way of its own.
    const many = Array.from({ length: 8 }, (_, index) => index)
    const random = new JavaRandom(42n)
    expect(Array.from({ length: 5 }, () => random.nextInt(10))).toEqual([0, 3, 8, 4, 0])
    expect(new JavaRandom(-5n).shuffle(['a', 'b', 'c', 'd']).toSorted()).toEqual(['a', 'b', 'c', 'd'])
    expect(new JavaRandom(9n).shuffle(many)).toEqual(new JavaRandom(9n).shuffle(many))
  })
})

test('SHA-256 is that of everybody', () => {
  const known = (text: string) => createHash('sha256').update(text).digest('hex')
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => sha256(text) === known(text)))
})

test('an order drawn from a published seed can be drawn again by hand', () => {
  const lot = (name: string) => createHash('sha256').update(`dice 3 5 1\n${name}`).digest('hex')
  const byHand = ['Ann', 'Ben', 'Cy'].toSorted((one, other) => (lot(one) < lot(other) ? -1 : 1))
  expect(drawnOrder('dice 3 5 1', ['Cy', 'Ann', 'Ben'])).toEqual(byHand)
  const orders = Array.from({ length: 60 }, (_, seed) => drawnOrder(String(seed), ['Ann', 'Ben', 'Cy']).join())
  expect(new Set(orders).size).toBe(6)
})

const ranked = (...rows: readonly string[]): Ballot[] => rows.map((row) => ({ ranks: [...row].map((name) => [name]) }))

const run = (tie: object, ballots: Ballot[], more: object = {}) =>
  count(readRules({ method: 'irv', candidates: ['A', 'B', 'C'], tie_break: tie, ...more }), ballots) as SingleCount

describe('a tie', () => {
  // B and C have one each; A has two and no majority.
  const ballots = ranked('A', 'A', 'BC', 'CB')

  test('goes by the order of the rules: the latest is eliminated, the earliest elected', () => {
    const { ties_resolved: ties, winners } = run({ mode: 'candidate-order', order: ['C', 'B', 'A'] }, ballots)
    expect(ties).toEqual([
      { round: 1, chosen: 'B', for: 'eliminated' },
      { round: 2, chosen: 'C', for: 'elected' },
    ])
    expect(winners).toEqual(['C'])
  })

  test('stops the count where the rules say so, and the answer lets it go on', () => {
    const first = run({ mode: 'ask' }, ballots)
    expect(first).toMatchObject({ winners: [], rounds: [], asks: { round: 1, for: 'eliminated', among: ['B', 'C'] } })
    expect(first.asks && sayTie(first.asks)).toBe('Round 1 is a tie. Who of these is eliminated: B and C?')
    const answers = [{ round: 1, chosen: 'C', for: 'eliminated' }]
    const second = run({ mode: 'ask', answers }, ballots)
    expect(second).toMatchObject({ asks: { round: 2, for: 'elected', among: ['A', 'B'] }, rounds: [{ round: 1 }] })
    const third = run({ mode: 'ask', answers: [...answers, { round: 2, chosen: 'B', for: 'elected' }] }, ballots)
    expect(third.winners).toEqual(['B'])
    expect(third.asks).toBeUndefined()
  })

  test('cannot be answered with somebody who is not in it', () => {
    const answers = [{ round: 1, chosen: 'A', for: 'eliminated' }]
    expect(() => run({ mode: 'ask', answers }, ballots)).toThrow(
      'The answer for round 1 is "A", but the tie is between B, C.',
    )
  })

  test('can be settled by the rounds before', () => {
    // D goes first, and lifts B to C's two: C was ahead before.
    const uneven = ranked('A', 'A', 'A', 'B', 'DB', 'C', 'C')
    const more = { candidates: ['A', 'B', 'C', 'D'] }
    const settled = run({ mode: 'drawn-order', seed: 'x', previous_rounds: true }, [...uneven, ...ranked('B')], {
      ...more,
      minimum_first_round_votes: 2,
    })
    expect(settled.rounds[0]?.eliminated).toEqual(['D'])
    const asked = run(
      { mode: 'ask', previous_rounds: true, answers: [{ round: 1, chosen: 'D', for: 'eliminated' }] },
      uneven,
      more,
    )
    expect(asked.ties_resolved[1]).toEqual({ round: 2, chosen: 'B', for: 'eliminated' })
  })

  test('drawn by another program can be replayed', () => {
    const drawn = run({ mode: 'random', seed: 3 }, ballots)
    const replayed = run({ mode: 'ask', answers: drawn.ties_resolved }, ballots)
    expect(replayed).toEqual(drawn)
  })
})
