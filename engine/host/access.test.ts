import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, openHouse, type TestHouse, type Voice, voiceOf } from '@commonhall/engine/testing'
import { demoHost } from '../demo/world.ts'
import { harmless, isOfHost, type Operation, operationsOf } from '../isolation/testing/operations.ts'

const tried = (operation: Operation) => harmless(operation, 'riverside')

let house: TestHouse
let operations: Operation[]
let senders: Record<string, Voice>

/** The session of a person opened just now, changed. */
async function sessionOf(email: string, change = ''): Promise<Voice> {
  const voice = await house.as(email, 'riverside')
  if (change)
    await asOwner(
      house,
      `update foundation.session set ${change}
      where id = (select id from foundation.session order by started_at desc limit 1)`,
    )
  return voice
}

beforeAll(async () => {
  house = await openHouse()
  operations = (await operationsOf(house.app)).filter(isOfHost)
  senders = {
    'signed out': voiceOf(house.app, 'nonsense', 'riverside'),
    admin: await sessionOf('admin@riverside.example'),
    "a host's key": await sessionOf(
      demoHost.email,
      "only_org = (select id from foundation.org where slug = 'riverside'), scopes = '{}'",
    ),
    host: await sessionOf(demoHost.email),
    'host, disabled': await sessionOf(demoHost.email),
  }
})
afterAll(() => house.close())

async function cell(sender: string, operation: Operation): Promise<string> {
  const reply = await (senders[sender] as Voice).send(tried(operation))
  const { code } = reply.json() as { code?: string }
  if ([200, 201, 404, 409].includes(reply.statusCode)) return 'yes'
  return code === 'proof_needed' ? 'proof' : String(reply.statusCode)
}

test("the console is for hosts alone: to a host's key, as to any admin, it says no", async () => {
  expect(operations.length).toBeGreaterThan(9)
  for (const operation of operations)
    expect([operation, await cell("a host's key", operation), await cell('admin', operation)]).toEqual([
      operation,
      '403',
      '403',
    ])
})

test('whoever is no host is told so before anything that they sent is looked at', async () => {
  for (const operation of operations.filter(({ method }) => method !== 'GET')) {
    const nonsense = { ...tried(operation), payload: { nonsense: 1 } }
    const [out, admin] = [await senders['signed out']?.send(nonsense), await senders['admin']?.send(nonsense)]
    expect([operation, out?.statusCode, admin?.statusCode]).toEqual([operation, 401, 403])
  }
})

test('whoever is disabled is out at once', async () => {
  await asOwner(house, 'update foundation.user set disabled_at = now() where is_host')
  for (const operation of operations) expect(await cell('host, disabled', operation)).toBe('401')
  await asOwner(house, 'update foundation.user set disabled_at = null where is_host')
})

test('and so is whoever is a host no longer', async () => {
  await asOwner(house, 'update foundation.user set is_host = false where is_host')
  for (const operation of operations) expect(await cell('host', operation)).toBe('403')
})
