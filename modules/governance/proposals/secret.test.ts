import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, openHouse, type TestHouse } from '@commonhall/engine/testing'
import { ballotsAreCounted } from '../closing/ballots-are-counted.ts'
import { electionGoesOn } from '../elections/clock/due.ts'
import { Meeting, refused } from '../testing/meeting.ts'

let house: TestHouse
let meeting: Meeting

beforeAll(async () => {
  house = await openHouse()
  meeting = await Meeting.open(house)
})
afterAll(() => house.close())

test('a secret vote on a proposal is an election, whose count decides it', async () => {
  const { id, state } = await meeting.opened({ way: 'secret' })
  expect(state).toBe('voting')
  const page = (await meeting.member.get(`/proposals/${id}/vote`)).json()
  expect(page).toMatchObject({ way: 'secret', result: null, mine: [], why_not: expect.stringMatching(/secretly/) })
  const election = (await meeting.member.get(`/elections/${page.election}`)).json()
  expect(election).toMatchObject({ kind: 'proposal', state: 'voting', proposal: id })

  const vote = () => meeting.member.post(`/proposals/${id}/vote`, { choice: 'yes' })
  expect((await refused(house, vote)).slice(0, 2)).toEqual([409, 'secret_vote'])
  expect((await refused(house, () => meeting.officer.post(`/proposals/${id}/close-vote`)))[2]).toBe(
    'A secret vote closes with its election.',
  )

  await asOwner(
    house,
    `with off as (select set_config('session_replication_role', 'replica', true))
    update governance.election set opens_at = now() - interval '2 hours', closes_at = now() - interval '1 second'
    from off where id = $1`,
    [page.election],
  )
  await meeting.run(electionGoesOn, { election: page.election })
  await meeting.run(ballotsAreCounted, { election: page.election })
  const decided = (await meeting.member.get(`/proposals/${id}/vote`)).json()
  expect([decided.state, decided.decision?.outcome]).toEqual(['decided', 'failed'])
  expect(decided.decision.sentences.at(-1)).toBe('Nobody voted for or against: not passed.')
})
