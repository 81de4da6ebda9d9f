import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, openHouse, type TestHouse, type Voice, voiceOf } from '@commonhall/engine/testing'
import { demoHost } from '../demo/world.ts'

interface Operation {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly summary: string
}

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
  const { paths } = (await house.app.inject({ url: '/api/v1/openapi.json' })).json() as {
    paths: Record<string, Record<string, { summary: string }>>
  }
  operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(() => path.startsWith('/api/v1/host'))
      .map(([method, { summary }]) => ({ method: method.toUpperCase() as 'GET', path, summary })),
  )
  senders = {
    'signed out': voiceOf(house.app, 'nonsense', 'riverside'),
    admin: await sessionOf('admin@riverside.example'),
    "a host's key": await sessionOf(
      demoHost.email,
      "only_org = (select id from foundation.org where slug = 'riverside'), scopes = '{}'",
    ),
    'host, proved long ago': await sessionOf(demoHost.email, "proved_at = now() - interval '1 hour'"),
    host: await sessionOf(demoHost.email),
    'host, disabled': await sessionOf(demoHost.email),
  }
})
afterAll(() => house.close())

/** Input that is right, on an org that is not there: whoever may is told so with 404 or 409, and nothing changes. */
function tried({ method, path }: Operation): InjectOptions {
  const bodies: Readonly<Record<string, object>> = {
    orgs: { slug: 'riverside', name: 'Riverside', kind: 'union-local' },
    '{org}': { name: 'Nowhere' },
    'switch-on': { module: 'members' },
    'switch-off': { module: 'members' },
    suspend: { reason: 'Because' },
    'invite-admin': { email: 'ann@example.org', name: 'Ann' },
  }
  const url = path.replace('{org}', method === 'GET' ? 'riverside' : 'nowhere')
  const body = bodies[path.split('/').at(-1) ?? ''] ?? {}
  return { method, url, ...(method === 'GET' || method === 'DELETE' ? {} : { payload: body }) }
}

async function cell(sender: string, operation: Operation): Promise<string> {
  const reply = await (senders[sender] as Voice).send(tried(operation))
  const { code } = reply.json() as { code?: string }
  if ([200, 201, 404, 409].includes(reply.statusCode)) return 'yes'
  return code === 'proof_needed' ? 'proof' : String(reply.statusCode)
}

test('the console is for hosts alone, and its acts for those who have just proved who they are', async () => {
  const shown = Object.keys(senders).filter((name) => name !== 'host, disabled')
  const lines = [`| | | ${shown.join(' | ')} |`, `|---|---|${shown.map(() => '---').join('|')}|`]
  for (const operation of operations.toSorted((a, b) => a.path.localeCompare(b.path, 'en'))) {
    const cells = []
    for (const sender of shown) cells.push(await cell(sender, operation))
    const place = operation.path.replace('/api/v1/host', '')
    lines.push(`| ${operation.method} ${place} | ${operation.summary} | ${cells.join(' | ')} |`)
  }
  const page = `# What hosts may do

Made from the running server by \`engine/host/access.test.ts\`, which fails when a cell differs. All addresses stand
under \`/api/v1/host\`. A host is a person with \`is_host\`, whatever organizations they belong to; *proof*: the host is
asked to prove again who they are (403, \`proof_needed\`), because they last did over ten minutes ago. That there is a
console is no secret, so whoever is not a host is told so with 403 rather than 404. What an organization holds stands
under \`/api/v1/orgs\`, see [who may do what](access.md), where a host is a stranger.

${lines.join('\n')}
`
  await expect(page).toMatchFileSnapshot('../../docs/access-host.md')
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
