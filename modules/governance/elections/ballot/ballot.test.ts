import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { countingRules, type ContestMade } from './counting-rules.ts'
import { alphabetical, drawn } from './order.ts'

const listed = (...names: string[]) => names.map((sorted, at) => ({ id: `id-${at}`, sorted }))
const names = (all: readonly { sorted: string }[]) => all.map(({ sorted }) => sorted)

describe('the order on the ballot', () => {
  test('is that of the alphabet, whatever the accents and numbers', () => {
    expect(names(alphabetical(listed('Žižek, Al', 'adams, Ann', 'Élan, Bo', 'Plan 10', 'Plan 9')))).toEqual([
      'adams, Ann',
      'Élan, Bo',
      'Plan 9',
      'Plan 10',
      'Žižek, Al',
    ])
  })

  test('is drawn by the seed: the same however they come in, and another for another seed', () => {
    const all = listed('a', 'b', 'c', 'd', 'e', 'f', 'g')
    expect(drawn('s', all.toReversed())).toEqual(drawn('s', all))
    expect(drawn('t', all)).not.toEqual(drawn('s', all))
  })

  test('keeps everybody, once', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string()), fc.string(), (some, seed) => {
        const all = listed(...some)
        for (const order of [alphabetical(all), drawn(seed, all)])
          expect(order.map(({ id }) => id).toSorted()).toEqual(all.map(({ id }) => id).toSorted())
      }),
    )
  })
})

describe('the rules of counting', () => {
  const office: ContestMade = { name: 'Board', method: 'plurality', seats: 3, choices: null, counting_options: null }
  const rules = (more: Partial<ContestMade>) => countingRules({ ...office, ...more }, ['a', 'b', 'c', 'd'], 'seed')

  test.each<[string, Partial<ContestMade>, object]>([
    ['as many marks as seats', {}, { seats: 3, max_choices: 3 }],
    ['fewer marks', { choices: 1 }, { seats: 3, max_choices: 1 }],
    ['approval of any number', { method: 'approval' }, { max_choices: null }],
    ['approval of two', { method: 'approval', choices: 2 }, { max_choices: 2 }],
    ['one seat by rank', { method: 'irv', seats: 1, choices: 3 }, { seats: 1, max_rankings: 3 }],
    ['seats by rank', { method: 'stv' }, { seats: 3, quota: 'droop-whole', max_rankings: null }],
    ['votes to share out', { method: 'cumulative' }, { votes_per_ballot: 3 }],
    ['more votes to share out', { method: 'cumulative', choices: 5 }, { votes_per_ballot: 5 }],
    ['points', { method: 'score', counting_options: { max_score: 10 } }, { max_score: 10 }],
    ['another quota', { method: 'stv', counting_options: { quota: 'hare-whole' } }, { quota: 'hare-whole' }],
    ['ties by lot', {}, { tie_break: { mode: 'drawn-order', seed: 'seed' } }],
    ['ties that ask', { counting_options: { tie: 'ask' } }, { tie_break: { mode: 'ask', answers: [] } }],
    ['nothing that nobody asked for', { counting_options: { seats: 9, candidates: [] } }, { seats: 3 }],
  ])('say %s', (_what, more, expected) => expect(rules(more)).toMatchObject(expected))

  test('refuse what contradicts itself', () => {
    expect(() => rules({ method: 'stv', counting_options: { quota: 'majority-of-continuing' } })).toThrow(
      expect.objectContaining({ code: 'invalid_rules' }),
    )
    expect(() => rules({ counting_options: { decimal_places: 99 } })).toThrow(
      expect.objectContaining({ code: 'invalid_rules' }),
    )
  })
})
