import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, cast, openHouse, type TestHouse, type Voice } from '../testing/index.ts'

let house: TestHouse
let staff: Voice

beforeAll(async () => {
  house = await openHouse()
  staff = await house.as(cast.staff)
})
afterAll(() => house.close())

const ask = (path: string) => staff.send({ method: 'HEAD', url: `/api/v1/orgs/local-100${path}` })

const exportsTold = () => asOwner(house, "select from foundation.audit_entry where act = 'export'")

test('whether an export may come is asked by HEAD: nothing is read, and nothing is told of', async () => {
  const reply = await ask('/members/export?format=csv')
  expect(reply.statusCode).toBe(200)
  expect(reply.headers['content-type']).toContain('text/csv')
  expect(reply.body).toBe('')
  expect(await exportsTold()).toHaveLength(0)
  await staff.get('/members/export')
  expect(await exportsTold()).toHaveLength(1)
})

test('a proof that is too old is found by HEAD too, as soon as it is', async () => {
  await asOwner(house, "update foundation.session set proved_at = proved_at - interval '1 hour'")
  expect((await ask('/members/export')).statusCode).toBe(403)
})
