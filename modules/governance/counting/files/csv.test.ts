import fc from 'fast-check'
import { addWords } from '@commonhall/kernel'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Ballot, count, type PackedBallots, readRules, type Rules, unpacked, words } from '../index.ts'
import { anyElections } from '../testing/random-elections.ts'
import { csvOf, CsvReading } from './index.ts'

beforeAll(() => addWords('governance', { counting: words }))

/** Reads a text in chunks of so many bytes. */
function read(rules: Rules, text: string | Uint8Array, size = 7): Ballot[] {
  const bytes = typeof text === 'string' ? new TextEncoder().encode(text) : text
  const reading = new CsvReading(rules, 'votes.csv')
  for (let at = 0; at < bytes.length; at += size) reading.push(bytes.subarray(at, at + size))
  const ballots = reading.end()
  return 'rows' in ballots ? [...unpacked(ballots)] : [...ballots]
}

const tieBreak = { mode: 'candidate-order' }
const irv = readRules({ method: 'irv', candidates: ['Ann', 'Lee, Bo', 'Cy "C" Day'], tie_break: tieBreak })

/** Ballots that say the same become one, with blank ranks at the end left out; in a fixed order. */
function alike(ballots: readonly Ballot[]): readonly (readonly [string, number])[] {
  const sums = new Map<string, number>()
  for (const { count: size = 1, ranks = [] } of ballots) {
    const used = ranks.slice(0, ranks.findLastIndex((rank) => rank.length) + 1)
    const key = JSON.stringify(used)
    sums.set(key, (sums.get(key) ?? 0) + size)
  }
  return [...sums].toSorted(([one], [other]) => (one < other ? -1 : 1))
}

test('what was written is read again, in chunks of any size', () => {
  fc.assert(
    fc.property(anyElections, fc.integer({ min: 1, max: 50 }), ({ rules, ballots }, size) => {
      const text = [...csvOf(rules, ballots)].join('')
      expect(alike(read(rules, text, size))).toEqual(alike(ballots))
    }),
    { numRuns: 200 },
  )
})

test('points are written and read again', () => {
  const rules = readRules({ method: 'score', candidates: ['A, B', 'C'], tie_break: tieBreak })
  const points = fc.record({ 'A, B': fc.nat(5), C: fc.nat(5) }, { requiredKeys: [] })
  fc.assert(
    fc.property(fc.array(points), (given) => {
      const ballots = given.map((one) => ({ points: one }))
      expect(count(rules, read(rules, [...csvOf(rules, ballots)].join('')))).toEqual(count(rules, ballots))
    }),
  )
})

test('rows that are alike become one', () => {
  const ballots = read(irv, 'count,rank1,rank2\n2,Ann,\n1,"Lee, Bo",Ann\n3,Ann,\n')
  expect(ballots).toEqual([
    { count: 5, ranks: [['Ann'], []] },
    { count: 1, ranks: [['Lee, Bo'], ['Ann']] },
  ])
})

test.each([
  ['quotation marks', 'count,rank1\n1,"Cy ""C"" Day"\n', [['Cy "C" Day']]],
  ['a mark of UTF-8 at the start', '\uFEFFcount,rank1\n1,Ann\n', [['Ann']]],
  ['ends of lines as on Windows', 'count,rank1\r\n1,Ann\r\n', [['Ann']]],
  ['no end to the last line', 'count,rank1\n1,Ann', [['Ann']]],
  ['empty lines', '\n1,Ann\n\n'.replace(/^/, 'count,rank1\n'), [['Ann']]],
  ['spaces around', 'count,rank1\n1, Ann \n', [['Ann']]],
  ['an overvote', 'count,rank1\n1,"Ann | Lee, Bo"\n', [['Ann', 'Lee, Bo']]],
  ['an overvote without names', 'count,rank1\n1,OVERVOTE\n', [['OVERVOTE']]],
])('%s are understood', (_, text, ranks) => {
  for (const size of [1, 5, 1000]) expect(read(irv, text, size)).toEqual([{ count: 1, ranks }])
})

describe('a bad file is refused where it is bad:', () => {
  const multiple = { ...irv, overvote: 'exhaust-if-multiple-continuing' } as const
  test.each([
    ['', irv, 'votes.csv is empty'],
    ['rank1\nAnn\n', irv, 'row 1, column 1: found "rank1", expected "count"'],
    ['count,rank1,rank3\n', irv, 'row 1, column 3: found "rank3", expected "rank2"'],
    ['count,choice1\n', irv, 'row 1, column 2: found "choice1", expected "rank1"'],
    ['count\n', irv, 'row 1, column 2: found "", expected "rank1"'],
    ['count,rank1\n1,Ann\nx,Ann\n', irv, 'row 3, column count: "x" is no whole number'],
    ['count,rank1\n-1,Ann\n', irv, 'row 2, column count: "-1" is no whole number'],
    ['count,rank1\n1.5,Ann\n', irv, 'row 2, column count: "1.5" is no whole number'],
    ['count,rank1\n1234567890123456,Ann\n', irv, 'row 2, column count'],
    ['count,rank1,rank2\n1,Ann\n', irv, 'row 2: 2 columns, where the first row has 3'],
    ['count,rank1\n1,Ann,Ann\n', irv, 'row 2: 3 columns, where the first row has 2'],
    ['count,rank1\n1,Zoe\n', irv, 'row 2, column rank1: "Zoe" is no candidate'],
    ['count,rank1,rank2\n1,Ann,Ann | Zoe\n', irv, 'row 2, column rank2: "Zoe" is no candidate'],
    ['count,rank1\n1,Cy "C" Day\n', irv, 'row 2, column rank1: a quotation mark'],
    ['count,rank1\n1,"Ann" \n', irv, 'row 2, column rank1: a quotation mark'],
    ['count,rank1\n1,"Ann\n', irv, 'row 2, column rank1: a quotation mark'],
    ['count,rank1\n1,OVERVOTE\n', multiple, 'row 2, column rank1: an overvote without names'],
  ])('%j', (text, rules, sentence) => {
    for (const size of [1, 1000]) expect(() => read(rules, text, size)).toThrow(sentence)
  })

  test('what is not UTF-8', () => {
    const bytes = Uint8Array.of(...new TextEncoder().encode('count,rank1\n1,'), 0xff, 0x0a)
    expect(() => read(irv, bytes)).toThrow('votes.csv, row 2, column rank1: this is not UTF-8')
  })

  test('a row without end', () => {
    const reading = new CsvReading(irv, 'votes.csv')
    reading.push(new TextEncoder().encode('count,rank1\n'))
    expect(() => reading.push(new Uint8Array(2_000_000).fill(0x61))).toThrow('row 2: the row does not end')
  })

  test('points of strangers, or that are none', () => {
    const score = readRules({ method: 'score', candidates: ['A', 'B'], tie_break: tieBreak })
    expect(() => read(score, 'count,A,Zoe\n')).toThrow('row 1, column 3: "Zoe" is no candidate')
    expect(() => read(score, 'count,A,A\n')).toThrow('row 1, column 3: found "A"')
    expect(() => read(score, 'count,A,B\n1,2,x\n')).toThrow('row 2, column B: "x" is no whole number of points')
    expect(read(score, 'count,A,B\n3,2,\n')).toEqual([{ count: 3, points: { A: 2 } }])
  })
})

test('thousands of different rows and cells are told apart', () => {
  const candidates = Array.from({ length: 3000 }, (_, index) => `Candidate ${index}`)
  const rules = readRules({ method: 'irv', candidates, tie_break: tieBreak })
  const rows = candidates.map((name, index) => `1,${name},${candidates[(index * 7) % 3000]}`)
  const reading = new CsvReading(rules, 'votes.csv')
  reading.push(new TextEncoder().encode(['count,rank1,rank2', ...rows, ...rows].join('\n')))
  const ballots = reading.end() as PackedBallots
  expect([...unpacked(ballots)].slice(0, 3000)).toEqual(
    candidates.map((name, index) => ({ count: 2, ranks: [[name], [candidates[(index * 7) % 3000]]] })),
  )
})
