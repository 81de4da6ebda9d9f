import { expect, test } from 'vitest'
import { addWords } from '@commonhall/kernel'
import { words } from '../../words/en.ts'
import { myState } from './my-state.ts'
import type { MyVote, VotePage } from './wire.ts'

addWords('governance', words)

const vote = (more: Partial<MyVote> = {}): MyVote => ({
  vote: '1',
  name: 'Moss, Mia',
  weight: 1,
  choice: null,
  by_proxy: false,
  shared: false,
  can: true,
  why_not: null,
  ...more,
})

const told = (mine: readonly MyVote[], more: Partial<Pick<VotePage, 'state' | 'why_not'>> = {}) =>
  myState({ state: 'voting', mine, why_not: null, ...more }, 'Friday')

test.each([
  ['who can vote reads until when', [vote()], {}, 'You can vote until Friday.', true],
  [
    'who has voted reads what, and that it can be changed',
    [vote({ choice: 'yes' })],
    {},
    /^You voted yes\..*until Friday/,
    false,
  ],
  [
    'who votes for several reads how many are left',
    [vote({ choice: 'no' }), vote({ by_proxy: true })],
    {},
    'You cast 1 of your 2 votes. You can vote until Friday.',
    true,
  ],
  ['who may not vote reads why', [vote({ can: false })], { why_not: 'Dues.' }, 'Dues.', false],
  [
    'afterwards one reads what one voted',
    [vote({ choice: 'abstain', can: false })],
    { state: 'decided' },
    /abstain/,
    false,
  ],
  ['or that one did not', [vote({ can: false })], { state: 'decided' }, 'You did not vote.', false],
] as const)('%s', (_name, mine, more, text, canVote) => {
  const found = told(mine, more)
  expect(found?.text).toMatch(text)
  expect(found?.canVote).toBe(canVote)
})

test('before voting, and for whoever had no part in it, nothing is said', () => {
  expect(told([], { state: 'discussion' })).toBeUndefined()
  expect(told([], { state: 'decided' })).toBeUndefined()
})
