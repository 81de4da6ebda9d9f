import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { asOwner, cast, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { Receiver } from './testing/receiver.ts'

let house: TestHouse
let admin: Voice
let receiver: Receiver
let n = 0

beforeAll(async () => {
  house = await openHouse()
  await house.engine.startWork()
})
afterAll(() => house.close())
beforeEach(async () => {
  admin = await house.as(cast.admin)
  receiver = await new Receiver().listen()
  return async () => {
    await asOwner(house, 'delete from foundation.webhook_setup')
    await receiver.close()
  }
})

const soon = { timeout: 8_000, interval: 20 }
const memberEvents = ['created', 'updated', 'archived', 'restored', 'admit'].map((act) => `members.member.${act}`)

async function newWebhook(wanted: Record<string, unknown> = {}): Promise<{ id: string; secret: string }> {
  const reply = await admin.post('/webhooks', {
    name: `Hook ${++n}`,
    url: receiver.url(),
    events: memberEvents,
    ...wanted,
  })
  expect(reply.statusCode, reply.body).toBe(201)
  return reply.json()
}

const newMember = async (fields: object = {}) => {
  const reply = await admin.post('/members', {
    card_number: `W-${++n}`,
    last_name: 'Bloor',
    first_name: 'Ella',
    ...fields,
  })
  expect(reply.statusCode, reply.body).toBe(201)
  return reply.json() as { id: string; version: number }
}

const arrived = (count: number) =>
  vi.waitFor(() => {
    expect(receiver.messages.length).toBeGreaterThanOrEqual(count)
    return receiver.messages
  }, soon)

const deliveriesOf = async (id: string) => (await admin.get(`/webhooks/${id}/deliveries`)).json()
/** What is tried later is tried now: the clock has moved. */
const later = async () => {
  await asOwner(
    house,
    `update foundation.webhook_delivery set next_at = now(), held_until = null where state = 'waiting';
    update foundation.webhook_setup set resting_until = null`,
  )
  await house.engine.jobs.send('webhooks.due-messages-found', {})
}

describe('a webhook', () => {
  test('is told what happens, thinly, in order, and signed as Standard Webhooks say', async () => {
    const { secret } = await newWebhook()
    const { id } = await newMember()
    await admin.patch(`/members/${id}`, { phone: '555 0100' })
    await admin.post(`/members/${id}/admit`)
    const [first, second, third] = await arrived(3)
    for (const one of [first, second, third]) {
      const verified = new Webhook(secret).verify(one!.text, one!.headers as Record<string, string>)
      expect(verified).toEqual(one!.body)
    }
    expect(first!.body).toEqual({
      type: 'members.member.created',
      timestamp: expect.stringMatching(/Z$/),
      data: {
        org: 'local-100',
        id,
        resource: 'members.member',
        url: expect.stringContaining(`/api/v1/orgs/local-100/members/${id}`),
        version: expect.any(Number),
        changed: expect.arrayContaining(['card_number', 'last_name']),
      },
    })
    expect(second!.body).toMatchObject({ type: 'members.member.updated', data: { id, changed: ['phone'] } })
    expect(third!.body).toMatchObject({ type: 'members.member.admit', data: { id, changed: ['state'] } })
    expect(JSON.stringify(receiver.received.map(({ text }) => text))).not.toContain('Bloor')
    expect(first!.headers['content-type']).toBe('application/json')
  })

  test('is told what a module announces, with its fields', async () => {
    await newWebhook({ events: ['members.standing-changed'] })
    const { id } = await newMember()
    await admin.post(`/members/${id}/admit`)
    const [told] = await arrived(1)
    expect(told!.body).toMatchObject({
      type: 'members.standing-changed',
      data: { id, resource: 'members.member', fields: { member: id, state: 'active' } },
    })
  })

  test('keeps a log of what came of each try', async () => {
    receiver.answer = () => ({ status: 200, body: `Thanks\u0000 ${'x'.repeat(5000)}` })
    const { id } = await newWebhook()
    await newMember()
    await arrived(1)
    const [one] = await vi.waitFor(async () => {
      const { data } = await deliveriesOf(id)
      expect(data).toMatchObject([
        { state: 'delivered', attempt_count: 1, last: { outcome: 'delivered', status: 200 } },
      ])
      return data
    }, soon)
    const whole = (await admin.get(`/webhooks/${id}/deliveries/${one.id}`)).json()
    expect(JSON.parse(whole.body)).toEqual(receiver.received[0]!.body)
    expect(whole.message_id).toBe(receiver.received[0]!.headers['webhook-id'])
    expect(whole.attempts).toMatchObject([{ n: 1, status: 200, outcome: 'delivered', latency_ms: expect.any(Number) }])
    expect(whole.attempts[0].answer).toHaveLength(1000)
  })
})

test('while the receiver is down everything waits, and arrives afterwards, once by its id', async () => {
  const { id } = await newWebhook()
  receiver.answer = () => ({ status: 503 })
  const ids = []
  for (let made = 0; made < 12; made += 1) ids.push((await newMember()).id)
  await vi.waitFor(async () => expect((await deliveriesOf(id)).waiting).toBe(12), soon)
  await later()
  receiver.answer = () => ({ status: 204 })
  await later()
  await vi.waitFor(async () => expect((await deliveriesOf(id)).waiting).toBe(0), soon)
  const delivered = receiver.received.filter((_, index) => index >= 0).map(({ body }) => body.data['id'])
  expect(new Set(delivered)).toEqual(new Set(ids))
  expect(receiver.messages).toHaveLength(12)
})
