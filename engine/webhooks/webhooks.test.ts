import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asOwner, eventually, openHouse, type TestHouse } from '@commonhall/engine/testing'
import { Desk } from './testing/desk.ts'
import { Receiver } from './testing/receiver.ts'

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

describe('a webhook', () => {
  test('is told what happens, thinly, in order, and signed as Standard Webhooks say', async () => {
    const { secret } = await desk.hook()
    const id = await desk.member()
    await desk.admin.patch(`/members/${id}`, { phone: '555 0100' })
    await desk.admin.post(`/members/${id}/admit`)
    const told = await desk.arrived(3)
    for (const one of told)
      expect(new Webhook(secret).verify(one.text, one.headers as Record<string, string>)).toEqual(one.body)
    const [first, second, third] = told.map(({ body }) => body)
    expect(first).toEqual({
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
    expect(second).toMatchObject({ type: 'members.member.updated', data: { id, changed: ['phone'] } })
    expect(third).toMatchObject({ type: 'members.member.admit', data: { id, changed: ['state'] } })
    expect(JSON.stringify(told.map(({ text }) => text))).not.toMatch(/Bloor|555 0100/)
  })

  test('is told what a module announces, with its fields', async () => {
    await desk.hook({ events: ['members.standing-changed'] })
    const id = await desk.member()
    await desk.admin.post(`/members/${id}/admit`)
    const [{ body }] = await desk.arrived(1)
    expect(body.data).toMatchObject({ id, resource: 'members.member', fields: { member: id, state: 'active' } })
  })

  test('is told nothing that was rolled back, of other events, or of other organizations', async () => {
    await desk.hook()
    const refused = await desk.admin.post('/members', {
      card_number: 'X',
      last_name: 'No',
      first_name: 'No',
      state: '?',
    })
    expect(refused.statusCode).toBe(422)
    await desk.admin.post('/households', { name: 'Quiet' })
    const other = await house.as('admin@riverside.example')
    expect((await other.post('/members', { card_number: 'R-77', last_name: 'A', first_name: 'B' })).statusCode).toBe(
      201,
    )
    const id = await desk.member()
    await desk.arrived(1)
    await house.engine.jobs.send('webhooks.due-messages-found', {})
    expect(desk.receiver.received.map(({ body }) => body.data['id'])).toEqual([id])
  })

  test('keeps a log of what came of each try, with the beginning of the answer', async () => {
    desk.receiver.answer = () => ({ status: 200, body: `Thanks\u0000 ${'x'.repeat(100_000)}` })
    const { id } = await desk.hook()
    await desk.member()
    const { id: one } = await desk.settled(id, { state: 'delivered', attempt_count: 1 })
    const whole = (await desk.admin.get(`/webhooks/${id}/deliveries/${one}`)).json()
    expect(JSON.parse(whole.body)).toEqual(desk.receiver.received[0]?.body)
    expect(whole.message_id).toBe(desk.receiver.received[0]?.headers['webhook-id'])
    expect(whole.attempts).toMatchObject([{ n: 1, status: 200, said: 'Delivered', latency_ms: expect.any(Number) }])
    expect(whole.attempts[0].answer).toHaveLength(1000)
  })

  test('sends a test, also while it is paused', async () => {
    const { id } = await desk.hook()
    await desk.admin.post(`/webhooks/${id}/pause`)
    expect((await desk.admin.post(`/webhooks/${id}/test`)).statusCode).toBe(202)
    await desk.settled(id, { state: 'delivered', type: 'webhook.test' })
    expect(desk.receiver.received[0]?.body).toMatchObject({ type: 'webhook.test', data: { org: 'local-100' } })
    desk.receiver.answer = () => ({ status: 500 })
    await desk.admin.post(`/webhooks/${id}/test`)
    await desk.settled(id, { state: 'failed', last: { status: 500 } })
  })
})

describe('a message that does not get through', () => {
  test('is tried again under the same id with another time, and not before the receiver asks for it', async () => {
    const { id, secret } = await desk.hook()
    desk.receiver.answer = () => ({ status: 503, headers: { 'retry-after': '7200' } })
    await desk.member()
    const { next_at } = await desk.settled(id, { state: 'waiting', attempt_count: 1, last: { status: 503 } })
    const wait = Date.parse(String(next_at)) - Date.now()
    expect([wait > 7_000_000, wait <= 7_200_000]).toEqual([true, true])
    await new Promise((resume) => setTimeout(resume, 1100))
    desk.receiver.answer = () => ({ status: 204 })
    await desk.later()
    await desk.settled(id, { state: 'delivered', attempt_count: 2 })
    const [first, second] = desk.receiver.received
    expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id'])
    expect(second?.headers['webhook-timestamp']).not.toBe(first?.headers['webhook-timestamp'])
    expect(second?.text).toBe(first?.text)
    expect(new Webhook(secret).verify(second!.text, second!.headers as Record<string, string>)).toBeTruthy()
  })

  test('holds back what comes later about its record, and nothing else', async () => {
    const { id } = await desk.hook()
    const [poor, fine] = [await desk.member(), await desk.member()]
    await desk.arrived(2)
    desk.receiver.received.length = 0
    desk.receiver.answer = ({ body }) => ({ status: body.data['id'] === poor ? 500 : 204 })
    await desk.admin.patch(`/members/${poor}`, { phone: '555 0101' })
    await desk.arrived(1)
    await desk.admin.patch(`/members/${poor}`, { email: 'e@people.example' })
    await desk.admin.patch(`/members/${fine}`, { email: 'f@people.example' })
    await eventually(() => expect(desk.receiver.received.map(({ body }) => body.data['id'])).toContain(fine))
    await eventually(async () => expect((await desk.deliveries(id)).waiting).toBe(2))
    desk.receiver.answer = () => ({ status: 204 })
    await desk.later()
    await eventually(async () => expect((await desk.deliveries(id)).waiting).toBe(0))
    const ofPoor = desk.receiver.messages.filter(({ body }) => body.data['id'] === poor)
    expect(ofPoor.map(({ body }) => body.data['changed'])).toEqual([['phone'], ['email']])
  })

  test('and one whose receiver never answers keep no other webhook waiting', async () => {
    const dead = await new Receiver().listen()
    dead.answer = () => ({ status: 204, after: Infinity })
    for (let n = 0; n < 3; n += 1) await desk.hook({ url: dead.url() })
    await desk.hook()
    const started = Date.now()
    for (let n = 0; n < 5; n += 1) await desk.member()
    await desk.arrived(5)
    // The others are given up after fifteen seconds.
    expect(Date.now() - started).toBeLessThan(14_000)
    await dead.close()
  })

  test('and says 410 switches the webhook off, and tells the admins; what comes later is kept', async () => {
    const { id } = await desk.hook({ name: 'Gone for good' })
    desk.receiver.answer = () => ({ status: 410 })
    await desk.member()
    await eventually(async () => expect((await desk.row(id)).state).toBe('disabled'))
    expect((await desk.row(id)).reason).toContain('410')
    const { data } = (await desk.admin.get('/inbox')).json()
    expect(data[0]).toMatchObject({ title: expect.stringContaining('Gone for good'), path: `/webhooks/${id}` })
    await desk.member()
    desk.receiver.answer = () => ({ status: 204 })
    expect((await desk.admin.post(`/webhooks/${id}/resume`)).json()).toMatchObject({ state: 'active', reason: null })
    await eventually(async () => expect((await desk.deliveries(id)).waiting).toBe(0))
    expect(desk.receiver.messages).toHaveLength(2)
  })

  test('for five days, with all others, switches the webhook off', async () => {
    const { id } = await desk.hook()
    desk.receiver.answer = () => ({ status: 500 })
    await desk.member()
    await desk.settled(id, { attempt_count: 1 })
    await desk.sql(`update foundation.webhook_setup set failing_since = now() - interval '121 hours'`)
    await desk.later()
    await eventually(async () => expect((await desk.row(id)).state).toBe('disabled'))
    expect((await desk.row(id)).reason).toContain('5 days')
  })

  test('is given up after ten tries, and can be sent again by itself or with all since', async () => {
    const { id } = await desk.hook()
    desk.receiver.answer = () => ({ status: 500 })
    await desk.member()
    await desk.settled(id, { attempt_count: 1 })
    await desk.sql('update foundation.webhook_delivery set tries = 9')
    await desk.later()
    const { id: one } = await desk.settled(id, { state: 'failed', attempt_count: 2 })
    desk.receiver.answer = () => ({ status: 204 })
    expect((await desk.admin.post(`/webhooks/${id}/deliveries/${one}/replay`)).statusCode).toBe(202)
    await desk.settled(id, { state: 'delivered', attempt_count: 3 })
    const since = new Date(Date.now() - 60_000).toISOString()
    expect((await desk.admin.post(`/webhooks/${id}/replay`, { since })).json()).toEqual({ replayed: 1 })
    await desk.settled(id, { state: 'delivered', attempt_count: 4 })
    expect(desk.receiver.messages).toHaveLength(1)
    const old = { since: '2020-01-01T00:00:00Z' }
    expect((await desk.admin.post(`/webhooks/${id}/replay`, old)).statusCode).toBe(422)
  })
})

test('a paused webhook says nothing, and all of it once it is resumed', async () => {
  const { id } = await desk.hook()
  await desk.admin.post(`/webhooks/${id}/pause`)
  const ids = [await desk.member(), await desk.member()]
  await house.engine.jobs.send('webhooks.due-messages-found', {})
  await new Promise((resume) => setTimeout(resume, 400))
  expect([desk.receiver.connections, (await desk.deliveries(id)).waiting]).toEqual([0, 2])
  await desk.admin.post(`/webhooks/${id}/resume`)
  expect((await desk.arrived(2)).map(({ body }) => body.data['id'])).toEqual(expect.arrayContaining(ids))
})

test('a secret that is changed signs along for a day', async () => {
  const { id, secret } = await desk.hook()
  const next = (await desk.admin.post(`/webhooks/${id}/rotate`)).json().secret
  expect(next).toMatch(/^whsec_[\w+/]{43}=$/)
  const signedBy = async (count: number) => {
    await desk.member()
    const one = (await desk.arrived(count)).at(-1)!
    const isSigned = (key: string) => {
      try {
        return Boolean(new Webhook(key).verify(one.text, one.headers as Record<string, string>))
      } catch {
        return false
      }
    }
    return [isSigned(next), isSigned(secret)]
  }
  expect(await signedBy(1)).toEqual([true, true])
  await desk.sql(
    "update foundation.webhook_secret set good_until = now() - interval '1 second' where good_until > now()",
  )
  expect(await signedBy(2)).toEqual([true, false])
})

test('old messages are forgotten, and figures tell how webhooks are', async () => {
  const { id } = await desk.hook()
  await desk.member()
  await desk.settled(id, { state: 'delivered' })
  await eventually(async () => {
    const metrics = await house.engine.meters.metrics()
    expect(metrics).toMatch(/^commonhall_webhook_tries_total\{outcome="delivered"\} [1-9]/m)
    expect(metrics).toMatch(/^commonhall_webhook_oldest_waiting_seconds 0$/m)
  })
  await asOwner(house, "update foundation.webhook_delivery set created_at = now() - interval '31 days'")
  const job = house.engine.registry.jobs.get('foundation.forget-old-messages')!.job
  await house.engine.runJob(job, await house.caller(), {})
  expect((await desk.deliveries(id)).data).toEqual([])
})
