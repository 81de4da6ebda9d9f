import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, cast, castPassword, makeLog, openHouse, type TestHouse } from '@commonhall/engine/testing'
import { Polling } from '../../modules/governance/testing/polling.ts'
import { isOfOrg, operationsOf, shown } from '../isolation/testing/operations.ts'
import { Browser } from '../sign-in/testing/browser.ts'

let house: TestHouse
let polling: Polling
const lines: string[] = []
beforeAll(async () => {
  house = await openHouse({ log: makeLog('trace', { write: (line) => void lines.push(line) }) })
  polling = await Polling.open(house, 2)
})
afterAll(() => house.close())

test("there is one route that takes nobody's session", async () => {
  const open = (await operationsOf(house.app)).filter((one) => isOfOrg(one) && one.open)
  expect(open.map(({ method, path }) => `${method} ${shown(path)}`)).toEqual(['POST /elections/{id}/ballots'])
})

test('it answers everybody alike, with whatever token, key or cookie', async () => {
  const [voter] = polling.voters
  const ballot = voter && (await polling.sealed(voter, polling.choosing(0)))
  const first = (await polling.send(ballot ?? {})).json()
  const browser = new Browser(house.app)
  await browser.logIn(cast.staff, castPassword)
  const member = await house.as(cast.member)
  const stranger = await house.as(cast.stranger)
  for (const headers of [
    { authorization: `Bearer ${member.token}` },
    { authorization: `Bearer ${stranger.token}` },
    { authorization: 'Bearer nonsense' },
    { authorization: 'Basic eDp5' },
    { cookie: '__Host-access=x; __Host-csrf=y', 'x-csrf-token': 'z' },
  ]) {
    const reply = await polling.send(ballot ?? {}, headers)
    expect([headers, reply.statusCode, reply.json()]).toEqual([headers, 200, first])
    expect(reply.headers['set-cookie']).toBeUndefined()
  }
})

test('nothing is kept of a request: no reply, no line but route and status, no refusal in the trail', async () => {
  lines.length = 0
  const keys = () => asOwner(house, 'select from foundation.idempotency_key')
  const trail = () => asOwner(house, 'select from foundation.audit_entry')
  await house.engine.watch.flush()
  const before = [(await keys()).length, (await trail()).length]
  const admin = await house.as(cast.admin)
  const headers = { 'idempotency-key': 'a-key', authorization: `Bearer ${admin.token}`, 'x-request-id': 'mine' }
  for (const payload of [{}, { token: 'x' }, { token: 1 }]) await polling.send(payload, headers)
  await house.engine.watch.flush()
  expect([(await keys()).length, (await trail()).length]).toEqual(before)
  const told = lines.map((line) => JSON.parse(line)).filter(({ route }) => String(route).endsWith('/ballots'))
  expect(told).toHaveLength(3)
  for (const { method, status, ...line } of told) {
    expect([method, status]).toEqual(['POST', 422])
    expect(Object.keys(line).toSorted()).toEqual(['level', 'msg', 'route', 'time'])
  }
})

test('a fault is told by its code alone, for what the database says of it could hold a ballot', async () => {
  const [, voter] = polling.voters
  const ballot = voter && (await polling.sealed(voter, polling.choosing(1)))
  await asOwner(house, 'alter table governance.ballot add constraint planted check (length(receipt) < 5) not valid')
  lines.length = 0
  const reply = await polling.send(ballot ?? {})
  expect([reply.statusCode, reply.json().code]).toEqual([500, 'fault'])
  const text = lines.join('')
  expect(text).toContain('"code":"23514"')
  for (const part of Object.values(ballot ?? {})) expect(text).not.toContain(String(part).slice(0, 30))
})
