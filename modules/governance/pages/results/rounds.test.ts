import { expect, test } from 'vitest'
import type { Round } from '../../counting/result.ts'
import { roundsTable } from './rounds.ts'

const none = { overvotes: '0', skipped_ranks: '0', repeated_rankings: '0', exhausted_choices: '0' }

const round = (number: number, tally: Round['tally'], more: Partial<Round> = {}): Round => ({
  round: number,
  threshold: '6',
  tally,
  inactive: none,
  elected: [],
  eliminated: [],
  transfers: {},
  reasons: [],
  ...more,
})

const candidates = ['ana', 'ben', 'cleo', 'withdrew before'].map((id) => ({ id, name: id }))

const rounds = [
  round(1, { ana: '4', ben: '5', cleo: '2' }, { eliminated: ['cleo'] }),
  round(2, { ana: '5.5', ben: '5' }, { elected: ['ana'], inactive: { ...none, exhausted_choices: '0.5' } }),
]

const { rows, exhausted, marks } = roundsTable({ rounds, winners: ['ana'] }, candidates)

test('whoever is elected comes first, then who got furthest', () => {
  expect(rows.map(({ name }) => name)).toEqual(['ana', 'ben', 'cleo'])
  expect(rows.map(({ fate }) => fate)).toEqual(['elected', undefined, 'eliminated'])
})

test('each round says how much came or went, exactly', () => {
  expect(rows[0]?.cells.map((cell) => cell?.change)).toEqual([undefined, '+1.5'])
  expect(rows[1]?.cells.map((cell) => cell?.change)).toEqual([undefined, undefined])
})

test('who is out stands in no later round', () => {
  expect(rows[2]?.cells).toEqual([
    { votes: '2', change: undefined, fate: 'eliminated', length: 2 / 5.5, gained: 0 },
    undefined,
  ])
})

test('what counts for nobody is one figure, and the threshold is drawn to the same scale', () => {
  expect(exhausted).toEqual(['0', '0.5'])
  expect(marks[0]).toBeCloseTo(6 / 5.5)
})
