import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, cast, openHouse, type TestHouse } from '@commonhall/engine/testing'
import { seen } from '../testing/hall.ts'
import { verifyText } from '../testing/office.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

interface Listed {
  readonly data: { readonly id: string; readonly state: string; readonly title?: string; readonly outcome?: string }[]
}

test('a local of the demo has an election at each step, and its member can vote in one', async () => {
  const member = await house.as(cast.member)
  const { data } = await seen<Listed>(member, '/elections')
  expect(data.map(({ state }) => state).toSorted()).toEqual(['certified', 'nominations', 'voting'])
  const open = data.find(({ state }) => state === 'voting')
  const { papers } = await seen<{ papers: object[] }>(member, `/elections/${open?.id}/ballot`)
  expect(papers).toMatchObject([{ taken: 'none', can: true }])
})

test('the box of its counted election is sound, with a ranked contest of several rounds', async () => {
  const member = await house.as(cast.member)
  const { data } = await seen<Listed>(member, '/elections?filter[state]=certified')
  const box = await member.get(`/elections/${data[0]?.id}/box`)
  expect(await verifyText(box.body)).toMatchObject({ findings: [], ballots: 60 })
  const { contests } = await seen<{ contests: { rounds: unknown[] }[] }>(member, `/elections/${data[0]?.id}/results`)
  expect(contests.map(({ rounds }) => rounds.length > 1)).toEqual([false, true])
})

test('a co-op of the demo has proposals at every step, one of them without a quorum', async () => {
  const member = await house.as(cast.coopMember)
  const { data } = await seen<Listed>(member, '/proposals')
  expect(data.map(({ state, outcome }) => outcome ?? state).toSorted()).toEqual([
    'discussion',
    'no-quorum',
    'passed',
    'voting',
  ])
})

test('nothing of it waits to be done', async () => {
  expect(
    await asOwner(house, "select name from queue.job where name like 'governance.%' and state < 'completed'"),
  ).toEqual([])
})
