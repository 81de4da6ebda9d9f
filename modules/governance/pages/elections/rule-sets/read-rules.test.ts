import { expect, test } from 'vitest'
import { readRules } from './read-rules.ts'

const usual = {
  name: 'Bylaws',
  from_on: '2026-01-01',
  electorate: 'member',
  quorum: 'members',
  quorum_share: '1/3',
  threshold: '1/2',
  majority_base: 'votes',
  proxies: 'forbidden',
}

test('what a form holds is read as rules, and an empty field as none', () => {
  const rules = readRules({ ...usual, notice_days: '15', dues_grace_days: '', count_abstentions: true })
  expect(rules).toMatchObject({ notice_days: 15, dues_grace_days: null, count_abstentions: true, quorum_number: null })
})

test.each([
  ['a share that is no fraction', { quorum_share: 'half' }],
  ['a threshold that is more than all', { threshold: '3/2' }],
  ['a number that is missing', { quorum: 'number', quorum_number: '' }],
])('%s decides nothing yet', (_, given) => {
  expect(readRules({ ...usual, ...given })).toBeUndefined()
})
