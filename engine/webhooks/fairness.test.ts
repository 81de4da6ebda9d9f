import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { asOwner, eventually, openHouse, type TestHouse } from '@commonhall/engine/testing'
import { Courier } from './delivery/courier.ts'
import { Secrets } from './secrets.ts'
import { Desk } from './testing/desk.ts'

let house: TestHouse
let desk: Desk

beforeAll(async () => {
  house = await openHouse()
  await house.engine.startWork()
})
afterAll(() => house.close())
beforeEach(async () => {
  desk = await Desk.open(house)
  return () => desk.close()
})

test('what waits for an earlier message of its record is not looked at over and over', async () => {
  const { id } = await desk.hook()
  desk.receiver.answer = () => ({ status: 422 })
  const member = await desk.member()
  await desk.settled(id, { state: 'waiting', attempt_count: 1 })
  await desk.later()
  await desk.settled(id, { state: 'waiting', attempt_count: 2 })
  await desk.admin.patch(`/members/${member}`, { phone: '555 0101' })
  await eventually(async () => expect((await desk.deliveries(id)).waiting).toBe(2))
  await new Promise((resume) => setTimeout(resume, 300))
  const looks = vi.spyOn(house.engine, 'act')
  await new Promise((resume) => setTimeout(resume, 1500))
  // Over and over is every fiftieth of a second; what is done each minute may fall into it.
  expect(looks.mock.calls.length).toBeLessThan(10)
  looks.mockRestore()
})

test('a message that cannot be made keeps none of the others back', async () => {
  const { id } = await desk.hook({ events: ['members.standing-changed', 'members.member.created'] })
  const [org] = await asOwner<{ id: string }>(house, "select id from foundation.org where slug = 'local-100'")
  await asOwner(
    house,
    `insert into foundation.event (org_id, name, payload, request_id)
    values ($1, 'members.standing-changed', '{"member": "no id at all", "state": "active"}', 'x')`,
    [org?.id],
  )
  await desk.member()
  await desk.arrived(1)
  expect(desk.receiver.received[0]?.body.type).toBe('members.member.created')
  await eventually(async () => {
    const [, poor] = (await desk.deliveries(id)).data
    expect(poor).toMatchObject({ state: 'waiting', attempt_count: 1, last: { outcome: 'not_made' } })
  })
})

test('nothing goes out for an organization that is suspended, and everything once it is not', async () => {
  const { id } = await desk.hook()
  desk.receiver.answer = () => ({ status: 500 })
  await desk.member()
  await desk.settled(id, { state: 'waiting', attempt_count: 1 })
  const suspend = (yes: boolean) =>
    asOwner(house, `update foundation.org set suspended_at = ${yes ? 'now()' : 'null'} where slug = 'local-100'`)
  await suspend(true)
  desk.receiver.received.length = 0
  desk.receiver.answer = () => ({ status: 204 })
  await desk.sql('update foundation.webhook_delivery set next_at = now()')
  const [org] = await desk.sql<{ id: string }>("select id from foundation.org where slug = 'local-100'")
  await house.engine.jobs.send('webhooks.messages-delivered', { org: org?.id, webhook: id })
  await new Promise((resume) => setTimeout(resume, 500))
  expect(desk.receiver.received).toEqual([])
  await suspend(false)
  await desk.later()
  await desk.settled(id, { state: 'delivered' })
})

test('no more than five messages go out to a receiver at once', async () => {
  const { id } = await desk.hook()
  await desk.admin.post(`/webhooks/${id}/pause`)
  for (let n = 0; n < 20; n += 1) await desk.member()
  let [now, most] = [0, 0]
  desk.receiver.answer = () => {
    most = Math.max(most, (now += 1))
    setTimeout(() => (now -= 1), 50)
    return { status: 204, after: 50 }
  }
  await desk.admin.post(`/webhooks/${id}/resume`)
  await desk.arrived(20)
  expect(most).toBeLessThanOrEqual(5)
})

test('a webhook that has much to say lets others have their turn', async () => {
  const quiet = await openHouse()
  const [much, little] = [await Desk.open(quiet), await Desk.open(quiet)]
  const [{ id: one }, { id: other }] = [await much.hook(), await little.hook({ events: ['members.household.created'] })]
  much.receiver.answer = () => ({ status: 204, after: 20 })
  for (let n = 0; n < 20; n += 1) await much.member()
  await little.admin.post('/households', { name: 'Ortiz' })
  const reach = { places: 1, mayReach: () => true, resolve: () => Promise.resolve([]) }
  const courier = new Courier(quiet.engine, new Secrets(quiet.engine.settings), reach, () => {})
  const org = (await quiet.caller()).org.id
  for (const webhook of [one, other]) courier.begin({ org, webhook })
  const [first] = await little.arrived(1)
  expect((await much.arrived(20))[19]?.at).toBeGreaterThan(first.at)
  await courier.close()
  await Promise.all([much.close(), little.close()])
  await quiet.close()
})
