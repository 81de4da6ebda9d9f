import fc from 'fast-check'
import { addWords } from '@commonhall/kernel'
import { beforeAll, describe, expect, test } from 'vitest'
import { count, readRules, words } from '../index.ts'
import { anyElections } from '../testing/random-elections.ts'
import { bltOf, readBlt } from './index.ts'

beforeAll(() => addWords('governance', { counting: words }))

const stv = (more: object) => readRules({ method: 'stv', tie_break: { mode: 'candidate-order' }, ...more })

test('what was written is read again, and counts the same', () => {
  fc.assert(
    fc.property(anyElections, ({ rules, ballots }) => {
      const read = readBlt([...bltOf(rules, ballots)].join(''), 'votes.blt')
      expect(read.seats).toBe(rules.seats)
      expect(read.withdrawn).toEqual(rules.excluded_candidates)
      expect(count(rules, read.ballots)).toEqual(count(rules, ballots))
    }),
    { numRuns: 200 },
  )
})

test('a file with all that there may be', () => {
  const text = `# Board, by hand
    4 2          # four candidates are competing for two seats
    -2           # "Basil" has withdrawn
    3 1 3 4 0
    (b17) 4 1=3 - 2 0
    2 0
    0            # the end of the ballots
    "Amy # 1"
    "Basil"
    "Charlotte "Lotte" Day"
    "Donald, Jr."   # the last
    "Gardening Club Election"`
  expect(readBlt(text, 'votes.blt')).toEqual({
    title: 'Gardening Club Election',
    seats: 2,
    candidates: ['Amy # 1', 'Basil', 'Charlotte "Lotte" Day', 'Donald, Jr.'],
    withdrawn: ['Basil'],
    ballots: [
      { count: 3, ranks: [['Amy # 1'], ['Charlotte "Lotte" Day'], ['Donald, Jr.']] },
      { count: 4, ranks: [['Amy # 1', 'Charlotte "Lotte" Day'], [], ['Basil']] },
      { count: 2, ranks: [] },
    ],
  })
})

describe('a bad file is refused where it is bad:', () => {
  test.each([
    ['', 'line 1: the file must begin'],
    ['2\n', 'line 1: the file must begin'],
    ['0 1\n0\n', 'line 1: 1 to 10,000'],
    ['99999 1\n0\n', 'line 1: 1 to 10,000'],
    ['2 1\n1 1 0\n', 'ends before a line with 0'],
    ['2 1\n1 1 2\n0\n"A"\n"B"\n', 'line 2: a ballot must end with 0'],
    ['2 1\n1 1 3 0\n0\n"A"\n"B"\n', 'line 2, entry 3: there is no candidate 3'],
    ['2 1\n1 1 x 0\n0\n"A"\n"B"\n', 'line 2, entry 3: "x" is no number'],
    ['2 1\n1.5 1 0\n0\n"A"\n"B"\n', 'line 2: "1.5" is no whole number of ballots'],
    ['2 1\n-3\n0\n"A"\n"B"\n', 'line 2, entry 1: there is no candidate 3'],
    ['2 1\n1 1 0\n0\n"A"\n', 'line 4: 2 names in quotation marks must follow'],
    ['2 1\n1 1 0\n0\n"A"\nB\n', 'line 5: 2 names in quotation marks must follow'],
    ['2 1\n1 1 0\n0\n"A"\n"B"\n"T"\n"more"\n', 'line 7: 2 names'],
  ])('%j', (text, sentence) => {
    expect(() => readBlt(text, 'votes.blt')).toThrow(`votes.blt`)
    expect(() => readBlt(text, 'votes.blt')).toThrow(sentence)
  })
})

test('what BLT cannot hold is not written', () => {
  const written = (rules: object, ballots: Parameters<typeof bltOf>[1]) => [...bltOf(stv(rules), ballots)].join('')
  expect(() => written({ candidates: ['A', 'B\nC'] }, [])).toThrow('it has a line break')
  expect(() => written({ candidates: ['A', 'B'] }, [{ ranks: [['OVERVOTE']] }])).toThrow('cannot hold "OVERVOTE"')
  expect(() => written({ candidates: ['A', 'B'], method: 'approval' }, [])).toThrow('ranked ballots only')
})
