import { afterAll, beforeAll, expect, test } from 'vitest'
import { cast, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { settleUnitStates } from './jobs/settle-unit-states.ts'

let house: TestHouse
let staff: Voice
let unit: string
let member: string

beforeAll(async () => {
  house = await openHouse()
  staff = await house.as(cast.coopStaff)
  unit = (await staff.post('/units', { number: '9Z' })).json().id
  member = (await staff.get('/members?limit=1')).json().data[0].id
})
afterAll(() => house.close())

const stateOf = async () => (await staff.get(`/units/${unit}`)).json().state

test('a unit is lived in from the day that somebody moves in, and vacant once they have left', async () => {
  expect(await stateOf()).toBe('vacant')
  const moved = (await staff.post('/occupancies', { unit, member, from_on: '2020-01-01' })).json()
  expect(await stateOf()).toBe('occupied')
  await staff.patch(`/occupancies/${moved.id}`, { until_on: '2021-01-01' })
  expect(await stateOf()).toBe('vacant')
})

test('a renovation stays until somebody ends it by hand', async () => {
  await staff.patch(`/units/${unit}`, { state: 'renovation' })
  await staff.post('/occupancies', { unit, member, from_on: '2022-01-01' })
  expect(await stateOf()).toBe('renovation')
})

test('the night puts right what was set by hand against the occupancies', async () => {
  await staff.patch(`/units/${unit}`, { state: 'vacant' })
  await house.engine.runJob(settleUnitStates, await house.caller('riverside'), {})
  expect(await stateOf()).toBe('occupied')
})
