import fc from 'fast-check'
import { addWords } from '@commonhall/kernel'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Ballot, count, readRules, sayReason, type SingleCount, words } from './index.ts'

beforeAll(() => addWords('governance', { counting: words }))

const order = { mode: 'candidate-order' }

const run = (rules: object, ballots: Ballot[]) =>
  count(readRules({ tie_break: order, candidates: ['A', 'B', 'C'], ...rules }), ballots) as SingleCount

const marks = (...ballots: readonly string[]): Ballot[] => ballots.map((choices) => ({ choices: [...choices] }))

describe('yes, no or abstain', () => {
  const vote = (yes: number, no: number, abstain: number) =>
    run({ method: 'yes-no', candidates: ['Yes', 'No', 'Abstain'] }, [
      { count: yes, choices: ['Yes'] },
      { count: no, choices: ['No'] },
      { count: abstain, choices: ['Abstain'] },
    ])

  test.each([
    [3, 2, 9, 'Yes', '3'],
    [2, 2, 0, 'No', '3'],
    [0, 0, 5, 'No', '1'],
    [1, 3, 0, 'No', '3'],
  ])('%i to %i, %i abstain: %s', (yes, no, abstain, winner, threshold) => {
    expect(vote(yes, no, abstain)).toMatchObject({ winners: [winner], final_threshold: threshold })
  })

  test('two marks count for nobody, and a blank ballot is counted apart', () => {
    const ballots = [{ choices: ['Yes', 'No'] }, { choices: [] }, { choices: ['Yes'] }]
    const result = run({ method: 'yes-no', candidates: ['Yes', 'No'] }, ballots)
    expect(result).toMatchObject({ total_ballots: '3', blank_ballots: '1' })
    expect(result.rounds[0]).toMatchObject({ tally: { Yes: '1', No: '0' }, inactive: { overvotes: '1' } })
  })
})

describe('plurality and approval', () => {
  test('whoever has most is elected', () => {
    expect(run({ method: 'plurality' }, marks('A', 'B', 'B', 'C')).winners).toEqual(['B'])
  })

  test('several seats go to the first, by votes', () => {
    const { winners } = run({ method: 'plurality', seats: 2 }, marks('AB', 'BC', 'B', 'CA', 'C'))
    expect(winners).toEqual(['B', 'C'])
  })

  test('more marks than seats make an overvote, where approval takes any number', () => {
    const ballots = marks('ABC', 'A', 'BC')
    expect(run({ method: 'plurality', seats: 2 }, ballots).rounds[0]).toMatchObject({
      tally: { A: '1', B: '1', C: '1' },
      inactive: { overvotes: '1' },
    })
    expect(run({ method: 'approval' }, ballots).rounds[0]?.tally).toEqual({ A: '2', B: '2', C: '2' })
  })

  test('a tie for the last seat is settled by the rules, and asks where they say so', () => {
    const ballots = marks('AB', 'AC')
    expect(run({ method: 'plurality', seats: 2 }, ballots).winners).toEqual(['A', 'B'])
    const asked = run({ method: 'plurality', seats: 2, tie_break: { mode: 'ask' } }, ballots)
    expect(asked).toMatchObject({ winners: [], asks: { among: ['B', 'C'], for: 'elected' } })
  })

  test('one round may settle several ties', () => {
    const answers = ['C', 'A'].map((chosen) => ({ round: 1, chosen, for: 'elected' }))
    const rules = { method: 'approval', seats: 2, tie_break: { mode: 'ask', answers } }
    expect(run(rules, marks('A', 'B', 'C')).winners).toEqual(['C', 'A'])
  })

  test('without a single vote nobody is elected, nor are the write-ins', () => {
    const rules = { method: 'plurality', seats: 3, undeclared_write_ins: { present: true } }
    const result = run(rules, [...marks('A'), { count: 5, choices: ['Undeclared Write-ins'] }])
    expect(result.winners).toEqual(['A'])
    expect(result.rounds[0]?.tally['Undeclared Write-ins']).toBe('5')
  })

  test('a mark for somebody excluded counts for nobody', () => {
    const result = run({ method: 'plurality', excluded_candidates: ['D'] }, marks('D', 'A'))
    expect(result.rounds[0]).toMatchObject({ tally: { A: '1' }, inactive: { exhausted_choices: '1' } })
  })
})

describe('points', () => {
  test('scores are added up', () => {
    const ballots = [{ count: 2, points: { A: 5, B: 3 } }, { points: { B: 5 } }, { points: { C: 6 } }]
    const result = run({ method: 'score', max_score: 5 }, ballots)
    expect(result.winners).toEqual(['B'])
    expect(result.rounds[0]).toMatchObject({ tally: { A: '10', B: '11', C: '0' }, inactive: { overvotes: '1' } })
  })

  test('cumulative votes may be heaped on one, and not be more than there are', () => {
    const ballots = [{ points: { A: 3 } }, { points: { B: 2, C: 1 } }, { points: { B: 2, C: 2 } }]
    const result = run({ method: 'cumulative', seats: 2, votes_per_ballot: 3 }, ballots)
    expect(result.winners).toEqual(['A', 'B'])
    expect(result.rounds[0]?.inactive.overvotes).toBe('1')
  })
})

test('plain addition agrees, whatever the ballots', () => {
  const points = fc.record({ A: fc.nat(5), B: fc.nat(5), C: fc.nat(5) }, { requiredKeys: [] })
  fc.assert(
    fc.property(fc.array(points), fc.constantFrom('score', 'cumulative'), (given, method) => {
      const { rounds } = run(
        { method, max_score: 5, votes_per_ballot: 15 },
        given.map((one) => ({ points: one })),
      )
      const sum = (name: 'A' | 'B' | 'C') => String(given.reduce((all, one) => all + (one[name] ?? 0), 0))
      expect(rounds[0]?.tally).toEqual({ A: sum('A'), B: sum('B'), C: sum('C') })
    }),
  )
  const choices = fc.array(fc.subarray(['A', 'B', 'C']))
  fc.assert(
    fc.property(choices, (given) => {
      const { rounds } = run(
        { method: 'approval' },
        given.map((one) => ({ choices: one })),
      )
      const sum = (name: string) => String(given.filter((one) => one.includes(name)).length)
      expect(rounds[0]?.tally).toEqual({ A: sum('A'), B: sum('B'), C: sum('C') })
    }),
  )
})

test('what was decided is said in words', () => {
  const said = ({ rounds }: SingleCount) => rounds.flatMap(({ reasons }) => reasons.map((reason) => sayReason(reason)))
  expect(said(run({ method: 'plurality' }, marks('A', 'A', 'B')))).toEqual(['A is elected with the highest total: 2.'])
  const tied = run({ method: 'plurality' }, marks('A', 'B'))
  expect(said(tied)).toEqual([
    'A is elected with 1. The same number was reached by A and B; the tie was settled by the rules.',
  ])
  const named = tied.rounds[0]?.reasons.map((reason) => sayReason(reason, (id) => `Member ${id}`))
  expect(named?.[0]).toMatch(/^Member A .* by Member A and Member B;/)
})

test.each([
  ['irv', { choices: ['A'] }, /no ranks/],
  ['score', { choices: ['A'] }, /no points/],
  ['plurality', { choices: ['Zoe'] }, /"Zoe", whom the rules do not know/],
  ['score', { points: { Zoe: 1 } }, /"Zoe", whom the rules do not know/],
  ['score', { points: { A: 1.5 } }, /points must be whole/],
  ['plurality', { count: 0.5, choices: ['A'] }, /no whole number/],
  ['plurality', { count: -1, choices: ['A'] }, /no whole number/],
] as const)('%s refuses %j', (method, ballot, sentence) => {
  expect(() => run({ method }, [ballot as Ballot])).toThrow(sentence)
})
