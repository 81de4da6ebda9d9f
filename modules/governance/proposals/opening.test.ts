import { describe, expect, test } from 'vitest'
import { type Opening, objectionToOpening } from './open-vote.ts'

const rules = { notice_days: 7, electorate: 'member', union_election: false } as NonNullable<Opening['rules']>
const opening: Opening = {
  rules,
  way: 'roll-call',
  closes_at: '2026-05-20T20:00:00.000Z',
  discussed_on: '2026-05-01',
  today: '2026-05-08',
  now: '2026-05-08T12:00:00.000Z',
}

describe('a vote', () => {
  test.each<[string, Partial<Opening>, object | undefined]>([
    ['opens once notice was given', {}, undefined],
    ['waits for the day', { today: '2026-05-07' }, { key: 'notice', on: '2026-05-08' }],
    ['opens at once where no notice is asked', { today: '2026-05-01', rules: { ...rules, notice_days: 0 } }, undefined],
    ['needs rules', { rules: null }, { key: 'no_rules' }],
    ['needs an end', { closes_at: null }, { key: 'no_end' }],
    ['needs an end to come', { closes_at: '2026-05-08T12:00:00.000Z' }, { key: 'end_passed' }],
    ['is secret where each has one', { way: 'secret' }, undefined],
    ['is secret by units', { way: 'secret', rules: { ...rules, electorate: 'unit' } }, undefined],
    [
      'is not secret where it is weighted',
      { way: 'secret', rules: { ...rules, electorate: 'share' } },
      { key: 'weighted_secret' },
    ],
    ['is none of officers', { rules: { ...rules, union_election: true } }, { key: 'union_rules' }],
  ])('%s', (_name, change, objection) => {
    expect(objectionToOpening({ ...opening, ...change })).toEqual(objection)
  })
})
