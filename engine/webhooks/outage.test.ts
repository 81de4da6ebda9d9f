import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { eventually, openHouse, type TestHouse } from '@commonhall/engine/testing'
import { startWorker } from '../testing/worker.ts'
import { Desk } from './testing/desk.ts'

const members = 60

let house: TestHouse
let desk: Desk
const workers: ChildProcess[] = []

beforeAll(async () => {
  house = await openHouse()
  desk = await Desk.open(house)
})
afterAll(async () => {
  for (const worker of workers) worker.kill('SIGKILL')
  await desk.close()
  await house.close()
})

const work = async () => {
  const worker = await startWorker(house, { WEBHOOK_NETWORKS: '127.0.0.0/8', LOG_LEVEL: 'silent' })
  workers.push(worker)
  return worker
}

test('a server that stops does not wait for a receiver that never answers; its message stays', async () => {
  const twin = await house.twin()
  await twin.engine.startWork()
  desk.receiver.answer = () => ({ status: 204, after: Infinity })
  const { id } = await desk.hook()
  await desk.member()
  await desk.arrived(1)
  const started = Date.now()
  await twin.engine.close()
  expect(Date.now() - started).toBeLessThan(14_000)
  const { data, waiting } = await desk.deliveries(id)
  expect([data[0].state, data[0].attempt_count, waiting]).toEqual(['waiting', 0, 1])
  await desk.admin.delete(`/webhooks/${id}`)
  desk.receiver.received.length = 0
})

test('an hour without the receiver and a worker that is killed: all arrives afterwards, once by its id', async () => {
  const { id, secret } = await desk.hook({ events: ['members.member.created', 'members.member.updated'] })
  const made: string[] = []
  for (let n = 0; n < members; n += 1) made.push(await desk.member())
  const worker = await work()
  // The first hour: some are refused, and of one that came through the answer is lost with the worker.
  let tries = 0
  desk.receiver.answer = () => ({ status: 503, ...(++tries % 3 ? {} : { after: Infinity }) })
  await desk.later()
  await eventually(() => expect(tries).toBeGreaterThan(3))
  worker.kill('SIGKILL')
  await once(worker, 'exit')
  await desk.admin.patch(`/members/${made[0]}`, { phone: '555 0199' })
  // The hour is over.
  const downFor = desk.receiver.received.length
  desk.receiver.answer = () => ({ status: 204 })
  await house.engine.startWork()
  await eventually(async () => {
    await desk.later()
    await new Promise((resume) => setTimeout(resume, 300))
    expect((await desk.deliveries(id)).waiting).toBe(0)
  })
  const after = desk.receiver.received.slice(downFor)
  const ids = after.map(({ headers }) => headers['webhook-id'])
  expect(new Set(ids).size).toBe(members + 1)
  expect(new Set(after.map(({ body }) => body.data['id']))).toEqual(new Set(made))
  for (const { text, headers } of after) new Webhook(secret).verify(text, headers as Record<string, string>)
  const acts = after.filter(({ body }) => body.data['id'] === made[0]).map(({ body }) => body.type)
  expect(acts.filter((type, index) => acts.indexOf(type) === index)).toEqual([
    'members.member.created',
    'members.member.updated',
  ])
})
