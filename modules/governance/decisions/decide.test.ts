import fc from 'fast-check'
import { addWords } from '@commonhall/kernel'
import { describe, expect, test } from 'vitest'
import { words } from '../words/en.ts'
import { type DecisionRules, decide, even, type Outcome, type Tallies } from './decide.ts'
import { fractionOf, leastOf, percent, readFraction, tellingPercent } from './fraction.ts'
import { inWords } from './in-words.ts'

addWords('governance', words)

const plain: DecisionRules = {
  electorate: 'member',
  quorum: 'none',
  quorum_number: null,
  quorum_share: null,
  count_abstentions: true,
  count_presence: false,
  majority_base: 'votes',
  threshold: '1/2',
  at_least: false,
}

/** Yes, no, abstentions, present without a vote, electorate: one vote each. */
const votes = (yes: number, no: number, abstain = 0, present = 0, electorate = 70): Tallies => ({
  yes: even(yes),
  no: even(no),
  abstain: even(abstain),
  present: even(present),
  electorate: even(electorate),
})
const half = { quorum: 'members', quorum_share: '1/2' } as const

describe('a vote', () => {
  test.each<[string, Partial<DecisionRules>, Tallies, Outcome]>([
    ['passes by more than half', {}, votes(2, 1), 'passed'],
    ['fails in a tie', {}, votes(5, 5), 'failed'],
    ['fails in a tie, though exactly half is enough', { at_least: true }, votes(5, 5), 'failed'],
    ['fails in a tie, though a third is enough', { threshold: '1/3' }, votes(5, 5), 'failed'],
    ['fails outvoted, though a third is enough', { threshold: '1/3' }, votes(4, 5), 'failed'],
    ['fails where nobody votes', {}, votes(0, 0), 'failed'],
    ['fails where nobody votes, though all is enough', { threshold: '1/1', at_least: true }, votes(0, 0), 'failed'],
    ['fails where all abstain', {}, votes(0, 0, 40), 'failed'],
    ['passes with a single yes', {}, votes(1, 0), 'passed'],
    ['needs more than 2/3', { threshold: '2/3' }, votes(31, 14, 3), 'passed'],
    ['fails with exactly 2/3', { threshold: '2/3' }, votes(30, 15), 'failed'],
    ['passes with exactly 2/3 where that is enough', { threshold: '2/3', at_least: true }, votes(30, 15), 'passed'],
    ['knows 66.67 % from 2/3', { threshold: '6667/10000', at_least: true }, votes(30, 15), 'failed'],
    ['knows 2/3 from 66.67 %', { threshold: '2/3' }, votes(6667, 3333, 0, 0, 10_000), 'passed'],
    ['and from 66.66 %', { threshold: '2/3' }, votes(6666, 3334, 0, 0, 10_000), 'failed'],
    ['needs more than 3/4', { threshold: '3/4' }, votes(3, 1), 'failed'],
    ['needs more than 4/5', { threshold: '4/5' }, votes(41, 10), 'passed'],
    ['needs any fraction', { threshold: '5/9' }, votes(5, 4), 'failed'],
    ['leaves abstentions out of the base', {}, votes(20, 10, 40), 'passed'],
    [
      'counts them where the base is all votes',
      { majority_base: 'votes-and-abstentions' },
      votes(20, 10, 40),
      'failed',
    ],
    ['counts everybody where the base is the electorate', { majority_base: 'electorate' }, votes(35, 0), 'failed'],
    ['and passes with one more', { majority_base: 'electorate' }, votes(36, 0), 'passed'],
    ['reaches a quorum exactly', half, votes(31, 4), 'passed'],
    ['misses it by one', half, votes(30, 4), 'no-quorum'],
    ['rounds what is needed up', { quorum: 'members', quorum_share: '1/3' }, votes(23, 0), 'no-quorum'],
    ['needs a number', { quorum: 'number', quorum_number: 10 }, votes(9, 0), 'no-quorum'],
    ['has a number', { quorum: 'number', quorum_number: 10 }, votes(9, 0, 1), 'passed'],
    ['counts abstentions only by rule', { ...half, count_abstentions: false }, votes(30, 4, 10), 'no-quorum'],
    ['counts presence only by rule', half, votes(30, 4, 0, 10), 'no-quorum'],
    ['counts presence where the rule says so', { ...half, count_presence: true }, votes(30, 4, 0, 1), 'passed'],
    ['misses its quorum before anything else', half, votes(0, 0), 'no-quorum'],
    [
      'of units needs a share of the units',
      { electorate: 'unit', quorum: 'units', quorum_share: '1/2' },
      votes(4, 0, 0, 0, 8),
      'passed',
    ],
  ])('%s', (_name, rules, tallies, outcome) => {
    expect(decide({ ...plain, ...rules }, tallies).outcome).toBe(outcome)
  })

  const shares: Tallies = {
    yes: { voters: 1, weight: 600 },
    no: { voters: 3, weight: 400 },
    abstain: { voters: 0, weight: 0 },
    present: { voters: 0, weight: 0 },
    electorate: { voters: 10, weight: 1500 },
  }

  test.each<[string, Partial<DecisionRules>, Outcome]>([
    ['by shares, not by heads', {}, 'passed'],
    ['more than 3/5 of the shares', { threshold: '3/5' }, 'failed'],
    ['with a quorum by shares', { quorum: 'members', quorum_share: '2/3' }, 'passed'],
    ['with a quorum by units', { quorum: 'units', quorum_share: '1/2' }, 'no-quorum'],
    ['with a number of units', { quorum: 'number', quorum_number: 4 }, 'passed'],
    ['of all shares', { majority_base: 'electorate' }, 'failed'],
  ])('is weighed %s', (_name, rules, outcome) => {
    expect(decide({ ...plain, electorate: 'share', ...rules }, shares).outcome).toBe(outcome)
  })
})

describe('a decision says in words', () => {
  const said = (rules: Partial<DecisionRules>, tallies: Tallies) =>
    inWords(decide({ ...plain, ...rules }, tallies).explained)

  test('who voted, how, and why that is enough', () => {
    expect(said({ ...half, threshold: '2/3' }, votes(31, 14, 3))).toEqual([
      '48 of 70 members voted (quorum 35 reached).',
      '31 yes, 14 no, 3 abstentions.',
      '31 of 45 is 68.9 %, more than 2/3: passed.',
    ])
  })

  test.each<[Partial<DecisionRules>, Tallies, string]>([
    [half, votes(20, 10), 'Too few took part, so nothing is decided.'],
    [{}, votes(0, 0, 3), 'Nobody voted for or against: not passed.'],
    [{}, votes(7, 7), 'A tie, 7 to 7: not passed.'],
    [{}, votes(3, 9), 'More voted against than for: not passed.'],
    [{ threshold: '2/3' }, votes(30, 15), '30 of 45 is exactly 2/3, and more than that is needed: not passed.'],
    [{ threshold: '2/3', at_least: true }, votes(30, 15), '30 of 45 is exactly 2/3, which is enough: passed.'],
    [{ threshold: '2/3', at_least: true }, votes(31, 14), '31 of 45 is 68.9 %, at least 2/3: passed.'],
    [{ threshold: '3/4' }, votes(31, 14), '31 of 45 is 68.9 %, less than 3/4: not passed.'],
    [{ threshold: '2/3' }, votes(6666, 3334), '6666 of 10000 is 66.66 %, less than 2/3: not passed.'],
  ])('%j %j', (rules, tallies, sentence) => {
    expect(said(rules, tallies).at(-1)).toBe(sentence)
  })

  test('what counted toward the quorum where not every vote did', () => {
    expect(said({ ...half, count_abstentions: false }, votes(20, 16, 4)).slice(0, 2)).toEqual([
      '40 of 70 members voted.',
      '36 count toward the quorum of 35: reached.',
    ])
  })
})

describe('fractions', () => {
  test.each(['2/3', ' 1 / 2 ', '1/1', '999999999/999999999'])('%s is one', (text) => {
    expect(readFraction(text)).not.toBeNull()
  })
  test.each(['', '0/2', '2/0', '3/2', '-1/2', '0.5', '66 %', '1/2/3', '01/2', '1/1000000000', 'x'])(
    '%s is none',
    (text) => expect(readFraction(text)).toBeNull(),
  )
  test.each<[bigint, bigint, number, string]>([
    [31n, 45n, 1, '68.9'],
    [1n, 3n, 2, '33.33'],
    [1n, 2000n, 1, '0.1'],
    [2n, 3n, 0, '67'],
  ])('%s of %s in percent with %s decimals is %s', (part, whole, decimals, told) => {
    expect(percent(part, whole, decimals)).toBe(told)
  })
  test('a percentage that is not the threshold never looks like it', () => {
    expect(tellingPercent(666_667n, 1_000_000n, fractionOf('2/3'))).toBe('66.66670')
  })
})

const amount = fc.nat({ max: 400 })
const fraction = fc
  .tuple(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 60 }))
  .map(([a, b]): [number, number] => [Math.min(a, b), Math.max(a, b)])

describe('whatever the numbers', () => {
  test('the majority is what counting up to it says', () => {
    fc.assert(
      fc.property(amount, amount, amount, fraction, fc.boolean(), (yes, no, abstain, [of, among], atLeast) => {
        for (const majority_base of ['votes', 'votes-and-abstentions', 'electorate'] as const) {
          const rules = { ...plain, majority_base, threshold: `${of}/${among}`, at_least: atLeast }
          const { base, outcome } = decide(rules, votes(yes, no, abstain, 0, 1300))
          // So many are needed: the first whole number that is as large as the share, or larger.
          let needed = 0
          while (atLeast ? needed * among < of * base : needed * among <= of * base) needed += 1
          expect(outcome).toBe(yes > no && yes >= needed ? 'passed' : 'failed')
        }
      }),
    )
  })

  test('one more for it never makes it fail, and one more against it never makes it pass', () => {
    fc.assert(
      fc.property(amount, amount, fraction, (yes, no, [of, among]) => {
        const rules = { ...plain, threshold: `${of}/${among}` }
        const rank = (y: number, n: number) => (decide(rules, votes(y, n, 0, 0, 1300)).outcome === 'passed' ? 1 : 0)
        expect(rank(yes + 1, no)).toBeGreaterThanOrEqual(rank(yes, no))
        expect(rank(yes, no + 1)).toBeLessThanOrEqual(rank(yes, no))
      }),
    )
  })

  test('a quorum is the least that is at least its share', () => {
    fc.assert(
      fc.property(amount, fraction, (whole, [of, among]) => {
        const needed = Number(leastOf(BigInt(whole), fractionOf(`${of}/${among}`)))
        expect(needed * among).toBeGreaterThanOrEqual(of * whole)
        expect((needed - 1) * among).toBeLessThan(of * whole)
      }),
    )
  })

  test('sentences have nothing left to fill in', () => {
    const rules = fc.record({
      electorate: fc.constantFrom('member', 'unit', 'share'),
      quorum: fc.constantFrom('none', 'number', 'members'),
      majority_base: fc.constantFrom('votes', 'votes-and-abstentions', 'electorate'),
      count_abstentions: fc.boolean(),
      at_least: fc.boolean(),
    })
    fc.assert(
      fc.property(rules, amount, amount, amount, (some, yes, no, abstain) => {
        const all = { ...plain, quorum_number: 3, quorum_share: '1/3', ...some } as DecisionRules
        const said = inWords(decide(all, votes(yes, no, abstain, 0, yes + no + abstain + 1)).explained)
        expect(said.join(' ')).not.toMatch(/\{\{|decision\./)
      }),
    )
  })
})
