import { expect, test } from 'vitest'
import type { Result } from '../wire.ts'
import { counted, drawn } from './standing.ts'

const result = (yes: number, no: number, abstain: number, more: Partial<Result> = {}): Result => ({
  yes,
  no,
  abstain,
  weighted: false,
  cast: yes + no + abstain,
  present: 0,
  electorate: 70,
  quorum: 35,
  quorum_reached: true,
  outcome: 'passed',
  sentences: [],
  ...more,
})

test('the mark stands at the threshold of what the majority is taken of', () => {
  expect(drawn(result(31, 14, 3), { majority_base: 'votes', threshold: '2/3' }).mark).toBeCloseTo(2 / 3)
  expect(drawn(result(6, 2, 2), { majority_base: 'votes-and-abstentions', threshold: '1/2' }).mark).toBeCloseTo(0.5)
  const of = drawn(result(31, 14, 3), { majority_base: 'electorate', threshold: '1/2' })
  expect(of.mark).toBeCloseTo(0.5)
  expect(of.lengths.yes).toBeCloseTo(31 / 70)
})

test('no bar is longer than there is room, and nothing is drawn of nothing', () => {
  for (const one of [result(0, 0, 0), result(0, 0, 9), result(5, 0, 60)]) {
    const { lengths } = drawn(one, { majority_base: 'votes', threshold: '1/2' })
    expect(Math.max(...Object.values(lengths))).toBeLessThanOrEqual(1)
  }
  expect(drawn(result(0, 0, 0), { majority_base: 'votes', threshold: '1/2' }).mark).toBeUndefined()
})

test('shares have no mark of the electorate, whose shares the page does not know', () => {
  const shares = result(310, 140, 30, { weighted: true })
  expect(drawn(shares, { majority_base: 'electorate', threshold: '1/2' }).mark).toBeUndefined()
  expect(counted(shares, {})).toBeUndefined()
})

test('what counts toward the quorum is for the rules to say', () => {
  expect(counted(result(10, 5, 3, { present: 2 }), { count_abstentions: true, count_presence: true })).toBe(20)
  expect(counted(result(10, 5, 3, { present: 2 }), { count_abstentions: false, count_presence: false })).toBe(15)
})
