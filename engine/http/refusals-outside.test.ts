import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, cast, castPassword, eventually, openHouse, type TestHouse } from '@commonhall/engine/testing'
import { Browser } from '../sign-in/testing/browser.ts'

let house: TestHouse

beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const lines = async (what: string, email: string) =>
  await asOwner<{ address: string; request_id: string }>(
    house,
    `select host(e.address) as address, e.request_id from foundation.sign_in_event e
    join foundation.user u on u.id = e.user_id where e.what = $1 and u.email = $2`,
    [what, email],
  )

test('an admin at the host console is told no, which stands in the journal and in the trail of the org', async () => {
  const admin = await house.as(cast.admin)
  const reply = await admin.get('/api/v1/host/orgs')
  expect(reply.statusCode).toBe(403)
  const { request_id: request } = reply.json()
  await eventually(async () =>
    expect(await lines('console-refused', cast.admin)).toEqual([{ address: '127.0.0.1', request_id: request }]),
  )
  await eventually(async () => {
    await house.engine.watch.flush()
    const { data } = (await admin.get('/audit?filter[act]=console-refused')).json()
    expect(data).toMatchObject([{ kind: 'sign-in', request_id: request }])
  })
})

test('so does being asked for a fresh proof, and a request without its token', async () => {
  const staff = await house.as(cast.staff)
  await asOwner(house, "update foundation.session set proved_at = now() - interval '11 minutes'")
  expect((await staff.post('/api/v1/auth/totp', {})).json().code).toBe('proof_needed')
  const browser = new Browser(house.app)
  await browser.logIn(cast.staff, castPassword)
  expect((await browser.post('/api/v1/auth/totp', {}, { 'x-csrf-token': '' })).json().code).toBe('csrf')
  await eventually(async () => {
    expect(await lines('proof-asked', cast.staff)).toHaveLength(1)
    expect(await lines('forgery-refused', cast.staff)).toHaveLength(1)
  })
})

test('somebody who keeps trying fills no journal', async () => {
  const member = await house.as(cast.member)
  for (let tries = 0; tries < 30; tries += 1) await member.get('/api/v1/host/orgs')
  await eventually(async () => expect(await lines('console-refused', cast.member)).toHaveLength(20))
  expect(await lines('console-refused', cast.member)).toHaveLength(20)
})
