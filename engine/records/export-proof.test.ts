import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  asOwner,
  cast,
  castPassword,
  notebook,
  openHouse,
  type TestHouse,
  type Voice,
} from '@commonhall/engine/testing'

let house: TestHouse
let staff: Voice
beforeAll(async () => {
  house = await openHouse({ modules: [notebook] })
  staff = await house.as(cast.staff)
})
afterAll(() => house.close())

const proved = (ago: string) =>
  asOwner(
    house,
    `update foundation.session set proved_at = now() - $1::interval
    where user_id = (select id from foundation.user where email = $2)`,
    [ago, cast.staff],
  )

const lists = ['members', 'households', 'standings', 'entries']

test('a whole list leaves the house only with fresh proof, whether exporting has its own rule or not', async () => {
  for (const list of lists) expect((await staff.get(`/${list}/export`)).statusCode).toBe(200)
  await proved('11 minutes')
  for (const list of lists) {
    const reply = await staff.get(`/${list}/export`)
    expect([list, reply.statusCode, reply.json().code]).toEqual([list, 403, 'proof_needed'])
  }
})

test('reading and writing go on without it', async () => {
  await proved('3 hours')
  for (const list of lists) expect((await staff.get(`/${list}`)).statusCode).toBe(200)
  expect((await staff.post('/households', { name: 'Proof' })).statusCode).toBe(201)
})

test('proving it again opens the export on the next request', async () => {
  await proved('3 hours')
  expect((await staff.get('/members/export')).statusCode).toBe(403)
  const reply = await staff.post('/api/v1/auth/prove', { method: 'password', password: castPassword })
  expect(reply.statusCode).toBe(204)
  expect((await staff.get('/members/export')).statusCode).toBe(200)
})
