import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'

/** The order of the published table. */
const roles = ['admin', 'officer', 'treasurer', 'staff', 'organizer', 'instructor', 'member'] as const

const roll = [
  '--x',
  'content-disposition: form-data; name="file"; filename="roll.csv"',
  'content-type: text/csv',
  '',
  'Last name,First name,Card number',
  'Doe,Jo,1',
  '--x--',
  '',
].join('\r\n')

interface Operation {
  readonly method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly path: string
  readonly open: boolean
}

let house: TestHouse
let operations: Operation[]
const voices = new Map<string, Voice>()
const ids = new Map<string, string>()

beforeAll(async () => {
  house = await openHouse()
  const { paths } = (await house.app.inject({ url: '/api/v1/openapi.json' })).json() as {
    paths: Record<string, Record<string, { security?: unknown[] }>>
  }
  operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { security }]) => ({
      method: method.toUpperCase() as 'GET',
      path,
      open: security?.length === 0,
    })),
  )
  for (const role of roles) voices.set(role, await house.as(`${role}@riverside.example`))
  const admin = voices.get('admin')
  await admin?.post('/households', { name: 'Ortiz family' })
  await admin?.post('/api-keys', { name: 'Door', scopes: ['members.member.read'] })
  const applicant = (await admin?.get('/members?filter[state]=applicant&limit=1'))?.json().data[0].id
  await admin?.post(`/members/${applicant}/admit`)
  const [staff] = (await admin?.get('/roles?filter[name]=staff'))?.json().data ?? []
  await admin?.post('/invitations', { email: 'new@people.example', name: 'New', roles: [staff.id] })
  for (const { path } of house.engine.registry.resources.values()) {
    const [first] = (await admin?.get(`/${path}?limit=1`))?.json().data ?? []
    ids.set(path, first.id)
  }
})
afterAll(() => house.close())

const shown = (path: string) => path.replace('/api/v1/orgs/{slug}', '')
const ofOrgs = () => operations.filter(({ path }) => path.includes('{slug}'))

/** A request that is refused for its input even where it is allowed, so that trying all of them changes nothing. */
function harmless({ method, path }: Operation, slug: string): InjectOptions {
  const place = shown(path).split('/')[1] ?? ''
  const id = ids.get(place) ?? crypto.randomUUID()
  const url = path.replace('{slug}', slug).replace('{id}', id).replace('{role}', crypto.randomUUID())
  const headers = { 'if-match': '"999999"' }
  if (method === 'GET' || method === 'DELETE') return { method, url, headers }
  if (shown(path) === '/imports')
    return {
      method,
      url: `${url}?resource=members`,
      payload: roll,
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
    }
  const several = !path.includes('{id}') && place === 'members' && shown(path) !== '/members'
  return { method, url, headers, payload: several ? { ids: [crypto.randomUUID()], reason: 'none' } : {} }
}

/** An import that is ready, a new one for each try: deleting one is allowed to those who may. */
async function renewImport(): Promise<void> {
  const [row] = await asOwner<{ id: string }>(
    house,
    `insert into foundation.import (org_id, resource, file_name, state)
    select id, 'members.member', 'roll.csv', 'ready' from foundation.org where slug = 'riverside' returning id`,
  )
  ids.set('imports', row?.id ?? '')
}

/** Whose records a list or file shows: all, or only one's own. */
const count = ({ headers, body }: LightMyRequestResponse) =>
  String(headers['content-type']).startsWith('text/csv')
    ? body.split('\n').length
    : ((JSON.parse(body).data as unknown[] | undefined)?.length ?? 0)

/** yes, own (the records about oneself), or a dash. */
async function mayDo(role: string, operation: Operation): Promise<string> {
  if (operation.path.includes('/imports')) await renewImport()
  const reply = await (voices.get(role) as Voice).send(harmless(operation, 'riverside'))
  const seen = `${role} ${operation.method} ${operation.path}: ${reply.statusCode} ${reply.body.slice(0, 200)}`
  expect([200, 201, 202, 204, 400, 403, 404, 409, 412, 422], seen).toContain(reply.statusCode)
  if (reply.statusCode === 403 || (reply.statusCode === 404 && operation.path.includes('/imports/'))) return '–'
  if (role !== 'member') return (expect(reply.statusCode, seen).not.toBe(404), 'yes')
  // The member of the cast has no record of most kinds; where they may not look at all, they are told so with 403.
  if (reply.statusCode === 404) return 'own'
  if (operation.method !== 'GET' || operation.path.includes('{id}')) return 'yes'
  const all = await (voices.get('admin') as Voice).send(harmless(operation, 'riverside'))
  return count(reply) < count(all) ? 'own' : 'yes'
}

/** The table as docs/access.md prints it. */
async function table(): Promise<string> {
  const lines = [`| | ${roles.join(' | ')} |`, `|---|${roles.map(() => '---').join('|')}|`]
  for (const operation of ofOrgs().toSorted((a, b) => shown(a.path).localeCompare(shown(b.path), 'en'))) {
    const cells = []
    for (const role of roles) cells.push(await mayDo(role, operation))
    lines.push(`| ${operation.method} ${shown(operation.path)} | ${cells.join(' | ')} |`)
  }
  return lines.join('\n')
}

test('every role may do what the published table says, and nothing else', async () => {
  const page = `# Who may do what

Made from the running server by \`engine/http/access.test.ts\`, which fails when a cell differs. These are the roles as
every organization starts with them; an organization can change what each may do. *own*: the records about oneself. All
addresses stand under \`/api/v1/orgs/{slug}\`. Without signing in, each answers 401; to people of other organizations,
404; where the table has a dash, 403; an import of records that one may not bring in answers 404.
The row of undo shows an import that somebody else brought in; whoever brought one in may take it back.

${await table()}
`
  await expect(page).toMatchFileSnapshot('../../docs/access.md')
})

test('the members row is the one that was asked for', async () => {
  const cells = async (method: 'GET' | 'POST' | 'DELETE', path: string) => {
    const found = ofOrgs().find((one) => one.method === method && shown(one.path) === path) as Operation
    const allowed = []
    for (const role of roles) if ((await mayDo(role, found)) === 'yes') allowed.push(role)
    return allowed
  }
  expect(await cells('GET', '/members')).toEqual(['admin', 'officer', 'treasurer', 'staff'])
  expect(await cells('POST', '/members')).toEqual(['admin', 'officer', 'staff'])
  expect(await cells('DELETE', '/members/{id}')).toEqual(['admin', 'officer'])
})

describe('every operation', () => {
  test('asks who is there: 401 without a sign-in, with another token than ours, and with none at all', async () => {
    const closed = operations.filter(({ open, path }) => !open && path.includes('{slug}'))
    expect(closed).toHaveLength(ofOrgs().length)
    for (const operation of closed) {
      for (const authorization of [undefined, 'Bearer nonsense', 'Bearer eyJhbGciOiJub25lIn0.e30.', 'Basic YTpi']) {
        const request = harmless(operation, 'riverside')
        const reply = await house.app.inject({
          ...request,
          headers: { ...request.headers, ...(authorization ? { authorization } : {}) },
        })
        expect([operation.method, operation.path, reply.statusCode, reply.json().code]).toEqual([
          operation.method,
          operation.path,
          401,
          'not_signed_in',
        ])
        expect(reply.headers['www-authenticate']).toBe('Bearer')
      }
    }
  })

  test('does not tell a stranger that the org exists', async () => {
    const stranger = await house.as('admin@local-100.example')
    for (const operation of ofOrgs()) {
      const [known, unknown] = [
        await stranger.send(harmless(operation, 'riverside')),
        await stranger.send(harmless(operation, 'nowhere')),
      ]
      const { request_id: _, ...problem } = known.json()
      expect([operation.path, known.statusCode, problem]).toEqual([
        operation.path,
        404,
        { ...unknown.json(), request_id: undefined },
      ])
    }
  })
})
