import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cast, eventually, openHouse, type TestHouse, type Voice, voiceOf } from '@commonhall/engine/testing'
import { type House, openOn } from '../boot.ts'
import { type Cable, layCable } from '../testing/cable.ts'
import { quiet } from '../testing/settings.ts'

let house: TestHouse
/** A server whose cable to the database can be cut. */
let far: House
let app: FastifyInstance
let cable: Cable
let staff: Voice

beforeAll(async () => {
  house = await openHouse()
  cable = await layCable(house.ground.appUrl)
  far = await openOn(
    house.engine.settings,
    house.engine.registry,
    { ...house.ground, appUrl: cable.url, stop: () => cable.close() },
    quiet,
    true,
  )
  app = await far.server()
  await far.engine.startWork()
  staff = voiceOf(app, (await house.as(cast.staff)).token, 'local-100')
})
afterAll(async () => {
  await cable.mend()
  await app.close()
  await far.close()
  await house.close()
})

const ready = async () => {
  const reply = await app.inject({ url: '/health/ready' })
  return [reply.statusCode, reply.json()]
}
const well = [200, { status: 'ok', down: [] }]
const sick = [503, { status: 'unavailable', down: ['database', 'queue'] }]
const asks = [
  () => staff.get('/members'),
  () => staff.get('/catalog'),
  () => staff.post('/households', { name: 'Lost' }),
  () => staff.get('/members/export'),
  () =>
    app.inject({
      method: 'POST',
      url: '/api/v1/auth/login',
      payload: { email: cast.staff, password: 'Wrong-password-1' },
    }),
]

async function expectUnavailable(): Promise<void> {
  for (const [index, ask] of asks.entries()) {
    const reply = await ask()
    expect([index, reply.statusCode, reply.json()]).toMatchObject([
      index,
      503,
      { code: 'unavailable', detail: 'The database is not answering. Try again in a moment.' },
    ])
    expect(reply.headers['retry-after']).toBe('5')
  }
}

async function expectRecovery(): Promise<void> {
  await eventually(async () => expect(await ready()).toEqual(well))
  expect((await staff.get('/members')).statusCode).toBe(200)
  expect((await staff.get('/households?q=Lost&count=exact')).json().total).toBe(0)
}

test('while all is well, it says so', async () => {
  expect(await ready()).toEqual(well)
  expect((await staff.get('/members')).statusCode).toBe(200)
})

test('with the cable cut, readiness names what is down, and requests are told to come again', async () => {
  await cable.cut()
  expect(await ready()).toEqual(sick)
  expect((await app.inject({ url: '/health' })).json()).toEqual({ status: 'ok' })
  expect((await app.inject({ url: '/metrics' })).statusCode).toBe(200)
  expect((await app.inject({ url: '/api/v1/openapi.json' })).statusCode).toBe(200)
  await expectUnavailable()
  await cable.mend()
  await expectRecovery()
})

test('with connections broken under it, the next request finds new ones', async () => {
  await house.engine.database.bare('select 1')
  const pid = await far.engine.database.bare<{ pid: number }>('select pg_backend_pid() as pid')
  expect(pid).toHaveLength(1)
  await cable.mend()
  await expectRecovery()
})

test('with the database silent, readiness says so within seconds', async () => {
  cable.silence()
  const started = performance.now()
  expect(await ready()).toEqual(sick)
  expect(performance.now() - started).toBeLessThan(9000)
  await cable.mend()
  await expectRecovery()
})

test('work that came meanwhile is done when the database is back', async () => {
  await cable.cut()
  const org = await house.caller()
  const job = house.engine.registry.jobs.get('foundation.forget-old-keys')!.job
  await house.engine.act(org, (context) => context.enqueue(job, {}))
  await cable.mend()
  const left = async () =>
    await house.engine.database.bare(
      "select from queue.job where name = 'foundation.forget-old-keys' and state < 'completed'",
    )
  await eventually(async () => expect(await left()).toEqual([]))
})
