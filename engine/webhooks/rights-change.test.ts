import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { asOwner, cast, eventually, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { Desk } from './testing/desk.ts'

let house: TestHouse
let desk: Desk
let treasurer: Voice
let id: string

/** What treasurers may do beyond the usual, and what not. */
async function treasurersMay(changes: Record<string, boolean>): Promise<void> {
  const settingUp = ['read', 'create', 'update'].map((act) => [`foundation.webhook.${act}`, true])
  await asOwner(house, "update foundation.role set changes = $1 where name = 'treasurer'", [
    { ...Object.fromEntries(settingUp), ...changes },
  ])
}

beforeAll(async () => {
  house = await openHouse()
  await house.engine.startWork()
})
afterAll(() => house.close())
beforeEach(async () => {
  await treasurersMay({ 'members.member.read_notes': true })
  desk = await Desk.open(house)
  treasurer = await house.as(cast.treasurer)
  ;({ id } = await desk.hook({ format: 'slack' }, treasurer))
  return () => desk.close()
})

const nothingWaits = () => eventually(async () => expect((await desk.deliveries(id)).waiting).toBe(0))

test('a message that did not get through is let go when its owner may not read any more what it tells of', async () => {
  desk.receiver.answer = () => ({ status: 500 })
  await desk.member()
  await desk.settled(id, { state: 'waiting', attempt_count: 1 })
  await treasurersMay({ 'members.member.read': false })
  desk.receiver.received.length = 0
  await desk.later()
  await nothingWaits()
  expect(desk.receiver.received).toEqual([])
  expect((await desk.deliveries(id)).data).toMatchObject([{ state: 'failed', attempt_count: 1 }])
})

test('so is one that is sent again, and nobody is shown what it said', async () => {
  desk.receiver.answer = () => ({ status: 200, body: 'Thanks for Ella Bloor' })
  await desk.member()
  const { id: one } = await desk.settled(id, { state: 'delivered' })
  const shown = async (by: Voice) => (await by.get(`/webhooks/${id}/deliveries/${one}`)).json()
  expect([(await shown(treasurer)).body, (await shown(treasurer)).attempts[0].answer].join()).toMatch(/Bloor.*Bloor/)
  await treasurersMay({ 'members.member.read': false })
  for (const by of [treasurer, desk.admin])
    expect([(await shown(by)).body, (await shown(by)).attempts[0].answer]).toEqual([null, null])
  desk.receiver.received.length = 0
  expect((await desk.admin.post(`/webhooks/${id}/deliveries/${one}/replay`)).statusCode).toBe(202)
  await nothingWaits()
  expect(desk.receiver.received).toEqual([])
})

test('what a receiver answered, which may repeat what it was told, is for those who may read as much', async () => {
  desk.receiver.answer = () => ({ status: 422, body: 'Cannot add Ella Bloor' })
  const { id: ofAdmin } = await desk.hook({ format: 'slack' })
  await desk.member()
  const { id: one } = await desk.settled(ofAdmin, { last: { status: 422 } })
  const [attempt] = (await treasurer.get(`/webhooks/${ofAdmin}/deliveries/${one}`)).json().attempts
  expect([attempt.answer, attempt.said]).toEqual([null, 'The receiver answered with 422'])
})
