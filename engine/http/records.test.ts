import { afterAll, beforeAll, expect, test } from 'vitest'
import { cast, openHouse, type TestHouse } from '@commonhall/engine/testing'

let house: TestHouse
beforeAll(async () => void (house = await openHouse()))
afterAll(() => house.close())

test('staff read a page of the roll in order, and the next page goes on where it ended', async () => {
  const staff = await house.as(cast.staff)
  const first = (await staff.get('/members?limit=3&count=exact')).json()
  expect(first.total).toBe(240)
  expect(first.data).toHaveLength(3)
  const second = (await staff.get(`/members?limit=3&after=${first.page.next}`)).json()
  const names = [...first.data, ...second.data].map((row: { last_name: string }) => row.last_name)
  expect(names).toEqual([...names].toSorted((a, b) => a.localeCompare(b, 'en')))
  expect(new Set([...first.data, ...second.data].map((row: { id: string }) => row.id)).size).toBe(6)
})
