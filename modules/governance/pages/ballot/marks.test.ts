import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkMarks } from '../../ballots/ballot.ts'
import { type Contest, wayOf } from './contest.ts'
import { choose, fitting, give, isBlank, type Mark, nothing, rank, sealed } from './marks.ts'

const names = ['ana', 'ben', 'cleo', 'dov']

const contest = (method: Contest['method'], rules: Partial<Contest> = {}): Contest => ({
  id: 'office',
  name: 'Office',
  about: null,
  method,
  seats: 1,
  most: 4,
  most_points: 5,
  candidates: names.map((id) => ({ id, name: id, statement: null })),
  ...rules,
})

const chosen = (mark: Mark) => mark.chosen.join(' ')

describe('one of them', () => {
  const president = contest('plurality', { most: 1 })

  test('the last one marked is it', () => {
    const mark = choose(president, choose(president, nothing, 'ana'), 'ben')
    expect(chosen(mark)).toBe('ben')
  })

  test('who is not on the ballot cannot be marked', () => {
    expect(choose(president, nothing, 'eve')).toBe(nothing)
  })
})

describe('several of them', () => {
  const board = contest('plurality', { seats: 2, most: 2 })
  const two = choose(board, choose(board, nothing, 'ana'), 'ben')

  test('not one more than there may be', () => {
    expect(chosen(choose(board, two, 'cleo'))).toBe('ana ben')
  })

  test('a mark is taken back, and makes room', () => {
    expect(chosen(choose(board, choose(board, two, 'ana'), 'cleo'))).toBe('ben cleo')
  })

  test('all of them, where one approves', () => {
    const all = names.reduce((mark, name) => choose(contest('approval'), mark, name), nothing)
    expect(all.chosen).toEqual(names)
  })
})

describe('an order', () => {
  const council = contest('stv', { seats: 2 })
  const two = { ...nothing, chosen: ['ana', 'ben'] }

  test.each([
    ['cleo', 0, 'cleo ana ben'],
    ['cleo', 1, 'ana cleo ben'],
    ['cleo', 9, 'ana ben cleo'],
    ['ana', 1, 'ben ana'],
    ['ana', undefined, 'ben'],
  ] as const)('%s at place %s', (who, place, expected) => {
    expect(chosen(rank(council, two, who, place))).toBe(expected)
  })

  test('in a full ranking who comes anew pushes out the last', () => {
    expect(chosen(rank(contest('irv', { most: 2 }), two, 'cleo', 0))).toBe('cleo ana')
  })
})

describe('numbers', () => {
  const shared = contest('cumulative', { most_points: 3 })

  test('nobody gets more than is left to share out', () => {
    const mark = give(shared, give(shared, nothing, 'ana', 2), 'ben', 5)
    expect(mark.points).toEqual({ ana: 2, ben: 1 })
  })

  test('nought is no share', () => {
    expect(isBlank(give(shared, nothing, 'ana', 0))).toBe(true)
  })

  test('a score is at most the highest', () => {
    expect(give(contest('score'), nothing, 'ana', 9).points).toEqual({ ana: 5 })
  })
})

test('what was kept is shortened to what the ballot allows by now', () => {
  const kept = { office: { chosen: ['eve', 'ana', 'ana', 'ben', 'cleo'], points: { ana: 9 } }, gone: nothing }
  expect(fitting([contest('plurality', { most: 2 })], kept)).toEqual({ office: { chosen: ['ana', 'ben'], points: {} } })
})

const steps = fc.array(
  fc.record({
    who: fc.constantFrom(...names, 'eve'),
    number: fc.option(fc.integer({ min: -3, max: 12 }), { nil: undefined }),
  }),
)

const rules = fc.record({
  method: fc.constantFrom<Contest['method']>('yes-no', 'plurality', 'approval', 'score', 'irv', 'stv', 'cumulative'),
  most: fc.integer({ min: 1, max: 6 }),
  most_points: fc.integer({ min: 1, max: 10 }),
})

test('whatever one does, what is marked is a ballot that the server takes', () => {
  fc.assert(
    fc.property(rules, steps, ({ method, ...more }, acts) => {
      const one = contest(method, method === 'yes-no' ? { most: 1 } : more)
      const mark = acts.reduce((before, { who, number }) => {
        const way = wayOf(one)
        if (way === 'score' || way === 'share') return give(one, before, who, number ?? 0)
        return way === 'ranks' ? rank(one, before, who, number) : choose(one, before, who)
      }, nothing)
      const kept = fitting([one], { office: mark })
      expect(kept).toEqual(isBlank(mark) ? {} : { office: mark })
      expect(checkMarks(one, sealed([one], kept)['office'])).toBeNull()
    }),
  )
})
