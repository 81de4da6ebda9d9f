import { afterAll, beforeAll, expect, test } from 'vitest'
import { cast, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { demoHost } from '../demo/world.ts'

let house: TestHouse
let staff: Voice

beforeAll(async () => {
  house = await openHouse()
  staff = await house.as(cast.staff)
})
afterAll(() => house.close())

test.each(['a\u0000b', '\ud800'])('no text that cannot be kept is a fault at sign-in: %j', async (odd) => {
  const asked: [path: string, body: object][] = [
    ['/login', { email: `${odd}@x.example`, password: 'Blue-Kettle-42' }],
    ['/login', { email: cast.staff, password: odd }],
    ['/second-factor', { ticket: odd, method: 'totp', code: odd }],
    ['/password/reset-request', { email: `${odd}@x.example` }],
    ['/password/reset-confirm', { token: odd, password: odd }],
    ['/email/change', { email: `${odd}@x.example` }],
    ['/email/confirm', { token: odd }],
    ['/totp/confirm', { code: odd }],
    ['/prove', { method: 'password', password: odd }],
  ]
  for (const [path, body] of asked) {
    const { statusCode } = await staff.post(`/api/v1/auth${path}`, body)
    expect([path, 401, 409, 422]).toContain(statusCode)
  }
  const renamed = await staff.patch(`/api/v1/auth/passkeys/${crypto.randomUUID()}`, { name: odd })
  expect([renamed.statusCode, renamed.json().errors[0]?.code]).toEqual([422, 'bad_characters'])
})

test('a time zone that only the server knows is refused to the host, and no fault', async () => {
  const host = await house.as(demoHost.email)
  const reply = await host.patch('/api/v1/host/orgs/local-200', { time_zone: 'US/Pacific-New' })
  expect([reply.statusCode, reply.json().errors?.[0]?.path]).toEqual([422, 'time_zone'])
})
