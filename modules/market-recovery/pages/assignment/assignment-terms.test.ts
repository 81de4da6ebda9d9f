import { describe, expect, test } from 'vitest'
import { addWords } from '@commonhall/kernel'
import { words } from '../../words/en.ts'
import { objectionsTo } from './objections.ts'
import { termsOf } from './terms-of.ts'

addWords('market-recovery', words)

const program = {
  basis: 'rate-gap',
  hourly_subsidy_rate: '12.50',
  overtime_factor: '1.5',
  name: 'Harbor',
  state: 'active',
}
const scales = [
  { classification: 'Journeyman', rate: '50.00', from_on: '2025-01-01', until_on: '2025-12-31' },
  { classification: 'Journeyman', rate: '61.3750', from_on: '2026-01-01', until_on: null },
]
const asked = {
  program,
  classification: 'Journeyman',
  contractorRate: '35.00',
  on: '2025-06-01',
  scales,
  awardRates: [{ classification: 'Journeyman', rate: '9.00' }],
}

describe('what an hour is subsidized', () => {
  test.each([
    ['the gap, at most the program’s rate', {}, { perHour: '12.5', overtime: '18.75', week: '500.00' }],
    ['the gap alone where there is no most', { program: { ...program, hourly_subsidy_rate: null } }, { perHour: '15' }],
    ['nothing where the contractor pays more', { contractorRate: '52' }, { perHour: '0', week: '0.00' }],
    ['by the scale of the day', { on: '2026-02-01', contractorRate: '48.9125' }, { perHour: '12.4625' }],
    ['a fixed rate', { program: { ...program, basis: 'fixed-rate' }, contractorRate: '99' }, { perHour: '12.5' }],
    ['the rate of an award', { project: { name: 'Pier 4' } }, { basis: 'award', perHour: '9' }],
  ])('%s', (_, other, found) => expect(termsOf({ ...asked, ...other })).toMatchObject(found))

  test('without a scale nothing is said', () => {
    expect(termsOf({ ...asked, classification: 'Foreman' })).toBeUndefined()
    expect(termsOf({ ...asked, on: '2024-01-01' })).toBeUndefined()
  })
})

describe('what stands against an assignment is told in the words of the server', () => {
  const fine = { from: '2026-03-01', until: '' }
  const contractor = { id: 'c', name: 'Bayline', state: 'good', signatory: true, agreement_until_on: null }
  const same = (on: string) => on
  test.each([
    ['nothing', { contractor, program }, /^$/],
    ['a suspended contractor', { contractor: { ...contractor, state: 'suspended' } }, /Bayline is suspended/],
    ['one that has not signed', { contractor: { ...contractor, signatory: false } }, /has not signed/],
    [
      'an agreement that ended',
      { contractor: { ...contractor, agreement_until_on: '2026-02-28' } },
      /ended on 2026-02-28/,
    ],
    ['a program that is over', { program: { ...program, state: 'completed' } }, /Harbor is completed/],
    [
      'another contractor’s project',
      { contractor, project: { name: 'Pier 4', contractor: 'x' } },
      /another contractor/,
    ],
    ['days the wrong way round', { until: '2026-02-01' }, /cannot come before/],
    [
      'days that overlap',
      { others: [{ number: 'A-0007', from_on: '2026-01-01', until_on: null, state: 'active' }] },
      /A-0007 .* 2026-01-01 to with no end/,
    ],
    ['days that do not', { others: [{ number: 'A-0007', from_on: '2026-01-01', until_on: '2026-02-28' }] }, /^$/],
  ])('%s', (_, chosen, sentence) => {
    expect(objectionsTo({ ...fine, ...chosen }, same).join(' ')).toMatch(sentence)
  })
})
