import { afterAll, beforeAll, expect, test } from 'vitest'
import { openHouse, type TestHouse } from '@commonhall/engine/testing'
import { Office } from '../testing/office.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

test('voting closes, ballots are counted, and the box that is published proves the result', async () => {
  const office = await Office.open(house, 6)
  const receipts = await office.online({ 0: 1, 1: 1, 2: 0, 3: 1, 4: 2 })
  expect(await office.results()).toMatchObject({ counted: false, counters: null, contests: [{ result: null }] })
  expect((await office.officer.get(`${office.at}/box`)).statusCode).toBe(409)
  await office.close()
  await office.work()
  const { contests, counters, seal } = await office.results()
  const [president] = contests
  expect(president?.winners).toEqual([president?.candidates[1]?.id])
  expect(Object.values(president?.result?.rounds[0]?.tally ?? {}).toSorted()).toEqual(['1', '1', '3'])
  expect(president?.rounds[0]?.sentences.join()).toContain('Bob')
  expect(counters).toMatchObject({ eligible: 6, issued: 5, cast: 5, paper_given: 0, paper_counted: 0 })
  const verdict = await office.verify({ receipts, seal, key: office.polling.key.fingerprint })
  expect(verdict).toMatchObject({ findings: [], ballots: 5 })
})
