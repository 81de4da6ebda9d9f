import { describe, expect, test } from 'vitest'
import { addWords } from '@commonhall/kernel'
import { words } from '../../words/en.ts'
import { type Facts, nextStep, readinessFor } from './readiness.ts'

addWords('governance', words)

const now = { at: '2026-05-01T12:00:00Z', today: '2026-05-01', timeZone: 'America/New_York' }

const president = { name: 'President', method: 'plurality', seats: 1, standing: 2, unanswered: [] }

/** An election of officers that misses nothing. */
const whole: Facts = {
  state: 'nominations',
  kind: 'people',
  rule_set: 'set',
  rules: { electorate: 'member', notice_days: 0, union_election: false },
  rules_day: '2026-06-01',
  nominations_until_at: '2026-04-30T12:00:00Z',
  opens_at: '2026-06-01T12:00:00Z',
  closes_at: '2026-06-03T12:00:00Z',
  opens_on: '2026-06-01',
  contests: [president],
  voters: 50,
  eligible: 40,
  unnoticed: 0,
  unnoticed_names: null,
  observers: 1,
}
const union = { electorate: 'member', notice_days: 15, union_election: true } as const
const due = { state: 'published', opens_at: '2026-05-01T11:00:00Z', opens_on: '2026-05-01' }

const missing = (step: 'open-nominations' | 'publish' | 'open', facts: Partial<Facts>) =>
  readinessFor(step, { ...whole, ...facts }, now).missing.map(({ code }) => code)
const warned = (step: 'publish' | 'open', facts: Partial<Facts>) =>
  readinessFor(step, { ...whole, ...facts }, now).warnings.map(({ code }) => code)

test('people are nominated first; all else goes straight to a ballot', () => {
  expect(nextStep({ state: 'draft', kind: 'people' })).toBe('open-nominations')
  expect(nextStep({ state: 'draft', kind: 'options' })).toBe('publish')
  expect(nextStep({ state: 'nominations', kind: 'people' })).toBe('publish')
  expect(nextStep({ state: 'published', kind: 'people' })).toBe('open')
  expect(['voting', 'counting', 'withdrawn'].map((state) => nextStep({ state, kind: 'people' }))).toEqual([
    null,
    null,
    null,
  ])
  expect(readinessFor(null, whole, now)).toEqual({ next: null, missing: [], warnings: [] })
})

describe('nothing is missing', () => {
  test('of what is whole', () => {
    expect(missing('publish', {})).toEqual([])
    expect(missing('open', due)).toEqual([])
  })
})

describe('before nominations', () => {
  test.each<[string, Partial<Facts>]>([
    ['no_rules', { rule_set: null, rules: null }],
    ['rules_not_in_force', { rules: null }],
    ['share_secret', { rules: { ...union, electorate: 'share' } }],
    ['no_contests', { contests: [] }],
    ['no_nominations_end', { nominations_until_at: null }],
    ['nominations_end_past', { nominations_until_at: '2026-05-01T12:00:00Z' }],
  ])('%s', (code, facts) => {
    expect(missing('open-nominations', { nominations_until_at: '2026-05-09T12:00:00Z', ...facts })).toEqual([code])
  })
})

describe('before publication', () => {
  test.each<[string, Partial<Facts>]>([
    ['no_contests', { contests: [] }],
    ['nominations_open', { nominations_until_at: '2026-05-01T12:00:01Z' }],
    ['no_opening', { opens_at: null, opens_on: null }],
    ['no_closing', { closes_at: null }],
    ['closing_past', { closes_at: '2026-05-01T12:00:00Z' }],
    ['no_candidates', { contests: [{ ...president, standing: 0 }] }],
    ['one_option', { kind: 'options', contests: [{ ...president, standing: 1 }] }],
    ['too_soon', { rules: union, opens_on: '2026-05-15', unnoticed: 40 }],
    ['too_soon', { rules: union, opens_on: '2026-05-15', eligible: 0 }],
  ])('%s', (code, facts) => expect(missing('publish', facts)).toEqual([code]))

  test.each<[string, Partial<Facts>]>([
    ['the sixteenth day', { rules: union, opens_on: '2026-05-16', unnoticed: 40 }],
    ['a ballot that was mended after everybody was told', { rules: union, opens_on: '2026-05-03' }],
    ['a question by yes and no', { kind: 'options', contests: [{ ...president, method: 'yes-no', standing: 0 }] }],
    ['one candidate for one office', { contests: [{ ...president, standing: 1 }] }],
  ])('nothing is missing of %s', (_what, facts) => expect(missing('publish', facts)).toEqual([]))
})

describe('before opening', () => {
  test.each<[string, Partial<Facts>]>([
    ['opens_later', { opens_at: '2026-05-01T12:00:01Z' }],
    ['closing_past', { closes_at: '2026-05-01T12:00:00Z' }],
    ['roll_not_drawn', { voters: 0, eligible: 0 }],
    ['no_voters', { eligible: 0 }],
    ['unnoticed', { rules: union, unnoticed: 1, unnoticed_names: 'Adams, Ann' }],
    ['share_secret', { rules: { ...union, union_election: false, electorate: 'share' } }],
  ])('%s', (code, facts) => expect(missing('open', { ...due, ...facts })).toEqual([code]))

  test('how many had no notice, and the first of them by name', () => {
    const facts = { ...whole, ...due, rules: union, unnoticed: 12, unnoticed_names: 'Adams, Ann; Brown, Ben; Cole, Cy' }
    expect(readinessFor('open', facts, now).missing[0]?.sentence).toBe(
      '12 voters had no proven notice 15 days before. The first are Adams, Ann; Brown, Ben; Cole, Cy.',
    )
  })
})

describe('a warning', () => {
  test.each<[string, 'publish' | 'open', Partial<Facts>]>([
    ['few_voters', 'publish', { eligible: 4 }],
    ['few_voters', 'open', { ...due, eligible: 1 }],
    ['unanswered', 'publish', { contests: [{ ...president, unanswered: ['Ann'] }] }],
    ['uncontested', 'publish', { contests: [{ ...president, standing: 1 }] }],
    ['not_plurality', 'publish', { rules: union, contests: [{ ...president, method: 'irv' }] }],
    ['no_observers', 'publish', { rules: union, observers: 0 }],
    ['unnoticed', 'open', { ...due, unnoticed: 3 }],
  ])('%s before %s', (code, step, facts) => expect(warned(step, facts)).toEqual([code]))

  test('is none where five may vote', () => expect(warned('publish', { eligible: 5 })).toEqual([]))
})
