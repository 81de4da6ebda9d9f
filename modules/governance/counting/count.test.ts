import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Ballot, type Count, count, packed, published, readRules, type Rules, type Tabulation } from './index.ts'
import { caseNames, readCase } from './testing/read-case.ts'
import { countNaively, inLowestTerms } from './testing/oracle.ts'
import { anyElections, plainElections, rankedBallots, someCandidates } from './testing/random-elections.ts'
import { CsvReading } from './files/index.ts'

test.each(caseNames)('%s is counted as the tabulator of its origin counts it', (name) => {
  const { rules: json, expected, csv } = readCase(name)
  const rules = readRules(json)
  const reading = new CsvReading(rules, 'ballots.csv')
  reading.push(csv)
  expect(published(count(rules, reading.end()))).toEqual(expected)
})

const passesOf = (result: Count): readonly Tabulation[] => ('passes' in result ? result.passes : [result])

const inMillionths = (decimal: string) => {
  const [whole = '', digits = ''] = decimal.split('.')
  return BigInt(whole + digits.padEnd(6, '0'))
}
const sum = (values: Iterable<string>) => [...values].reduce((all, value) => all + inMillionths(value), 0n)

test('no vote is lost: tally, inactive and what truncation takes are all ballots, in each round', () => {
  fc.assert(
    fc.property(anyElections, ({ rules, ballots }) => {
      for (const { rounds, total_ballots: total, blank_ballots: blank } of passesOf(count(rules, ballots))) {
        let residual = 0n
        for (const { tally, inactive, transfers } of rounds) {
          const all = sum(Object.values(tally)) + sum(Object.values(inactive)) + residual
          expect(all).toBe(inMillionths(total) - inMillionths(blank))
          for (const to of Object.values(transfers)) residual += inMillionths(to['residual surplus'] ?? '0')
        }
      }
    }),
    { numRuns: 300 },
  )
})

test('neither the order of the ballots nor how they are grouped changes anything', () => {
  const oneByOne = ({ count: size = 1, ranks = [] }: Ballot) => Array.from({ length: size }, () => ({ ranks }))
  fc.assert(
    fc.property(anyElections, fc.infiniteStream(fc.integer({ min: 0, max: 1000 })), ({ rules, ballots }, random) => {
      const usual = count(rules, ballots)
      const shuffled = ballots
        .flatMap(oneByOne)
        .map((ballot) => ({ ballot, at: random.next().value }))
        .toSorted((one, other) => one.at - other.at)
        .map(({ ballot }) => ballot)
      expect(count(rules, shuffled)).toEqual(usual)
      expect(count(rules, packed(ballots.toReversed()))).toEqual(usual)
    }),
    { numRuns: 200 },
  )
})

test('a naive count with fractions agrees, round by round', () => {
  fc.assert(
    fc.property(plainElections, ({ rules, ballots }) => {
      const told = countNaively(rules, ballots)
      const result = count(rules, ballots) as Tabulation
      const tallies = result.rounds.map(({ tally }) =>
        Object.fromEntries(Object.entries(tally).map(([name, votes]) => [name, inLowestTerms(votes)])),
      )
      expect({ winners: result.winners, tallies }).toEqual(told)
    }),
    { numRuns: 1000 },
  )
})

const irv = (candidates: readonly string[], more: object = {}): Rules =>
  readRules({ method: 'irv', candidates, tie_break: { mode: 'candidate-order' }, max_skipped_ranks: null, ...more })

test('whoever has more than half of the first choices wins an instant run-off in its first round', () => {
  fc.assert(
    fc.property(
      someCandidates.chain((candidates) => fc.tuple(fc.constant(candidates), rankedBallots(candidates))),
      ([candidates, ballots]) => {
        const [first = ''] = candidates
        const enough = ballots.reduce((all, { count: size = 1 }) => all + size, 1)
        const result = count(irv(candidates), [...ballots, { count: enough, ranks: [[first]] }]) as Tabulation
        expect([result.winners, result.rounds.length]).toEqual([[first], 1])
      },
    ),
  )
})

test('an instant run-off is a single transferable vote for one seat', () => {
  fc.assert(
    fc.property(
      someCandidates.chain((candidates) => fc.tuple(fc.constant(candidates), rankedBallots(candidates))),
      ([candidates, ballots]) => {
        // A quota that exhausted ballots do not lower can be missed by both of the last two: then nobody has it.
        const fixed = { quota: 'majority-of-first-round' }
        const one = count(irv(candidates, fixed), ballots) as Tabulation
        const same = count({ ...irv(candidates), method: 'stv', quota: 'droop-whole' }, ballots) as Tabulation
        const shared = Math.min(one.rounds.length, same.rounds.length)
        const tallies = ({ rounds }: Tabulation) =>
          rounds.slice(0, shared - 1).map(({ tally }) => Object.values(tally).map(inMillionths))
        expect(tallies(one)).toEqual(tallies(same))
        expect(one.winners).toEqual(same.winners)
      },
    ),
  )
})

test('names may be anything, what JavaScript keeps for itself too', () => {
  const result = count(irv(['__proto__', 'constructor', 'B']), [
    { count: 2, ranks: [['__proto__'], ['B']] },
    { count: 3, ranks: [['constructor'], ['__proto__']] },
    { count: 4, ranks: [['B'], ['constructor']] },
  ]) as Tabulation
  expect(result.winners).toEqual(['B'])
  expect(JSON.stringify(result.rounds[0]?.transfers)).toBe('{"__proto__":{"B":"2"}}')
})
