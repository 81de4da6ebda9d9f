import { afterAll, beforeAll, expect, test } from 'vitest'
import { openHouse, type TestHouse } from '@commonhall/engine/testing'
import { proposalGoesOn } from './keep-time.ts'
import { done, Meeting } from '../testing/meeting.ts'

let house: TestHouse
let meeting: Meeting

beforeAll(async () => {
  house = await openHouse()
  meeting = await Meeting.open(house)
})
afterAll(() => house.close())

test('a proposal is discussed, voted on by roll call, decided and explained', async () => {
  const { id, state } = await meeting.opened()
  expect(state).toBe('voting')
  const page = (await meeting.member.get(`/proposals/${id}/vote`)).json()
  expect(page).toMatchObject({ why_not: null, mine: [{ choice: null, can: true, by_proxy: false }] })
  const after = await done(meeting.member, `/proposals/${id}/vote`, { choice: 'yes' })
  expect(after).toMatchObject({ mine: [{ choice: 'yes' }], result: { yes: 1, no: 0, cast: 1 } })
  await meeting.over(id)
  await meeting.run(proposalGoesOn, { proposal: id })
  const decided = (await meeting.member.get(`/proposals/${id}/vote`)).json()
  expect(decided.decision).toEqual({
    outcome: 'passed',
    sentences: [
      `1 of ${page.result.electorate} members voted.`,
      '1 yes, 0 no, no abstentions.',
      '1 of 1 is 100.0 %, more than 1/2: passed.',
    ],
  })
})
