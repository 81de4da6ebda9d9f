import { afterAll, beforeAll, expect, test } from 'vitest'
import { openHouse, type TestHouse } from '@commonhall/engine/testing'
import { Hall } from '../testing/hall.ts'

let house: TestHouse
let hall: Hall
beforeAll(async () => {
  house = await openHouse()
  hall = await Hall.open(house)
})
afterAll(() => house.close())

test('an election goes from draft to voting by the clock', async () => {
  const { election } = await hall.published()
  await hall.passed(election, 'opens_at', '3 hours')
  await hall.tick()
  expect(await hall.election(election)).toMatchObject({ state: 'voting', key: expect.any(String) })
})
