import { afterAll, beforeAll, expect, test } from 'vitest'
import { notebook, openHouse, type TestHouse } from '@commonhall/engine/testing'

interface Parameter {
  readonly name: string
  readonly in: string
  readonly required?: boolean
}

interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly tags: readonly string[]
  readonly parameters?: readonly Parameter[]
  readonly security?: readonly unknown[]
  readonly responses: Readonly<Record<string, { content?: Record<string, unknown> }>>
}

/** Routes that the description leaves out, and why. */
const unspoken: Readonly<Record<string, string>> = {
  '/api/docs': 'the page that shows the description',
  '/dev/mail': 'a mailbox for trying out, not there where a mail server is set up',
  '/dev/mail/:id': 'the same',
  '/dev/mail/:id/html': 'the same',
  '/dev/mail/preview': 'letters with example values, where the mailbox is',
  '/dev/mail/preview/:name': 'the same',
  '/dev/mail/preview/:name/html': 'the same',
}

/** Routes of an org that take nobody's session: where secrecy asks for it, and nowhere else. */
const anonymous = ['/api/v1/orgs/{slug}/elections/{id}/ballots']

let house: TestHouse
let operations: (Operation & { method: string; path: string })[]

beforeAll(async () => {
  house = await openHouse({ modules: [notebook] })
  const { paths } = (await house.app.inject({ url: '/api/v1/openapi.json' })).json() as {
    paths: Record<string, Record<string, Operation>>
  }
  operations = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, one]) => ({ ...one, method: method.toUpperCase(), path })),
  )
})
afterAll(() => house.close())

/** `GET /a/:id` for every route that the server answers, as its router lists them. */
function routes(): string[] {
  const found: string[] = []
  const trail: string[] = []
  for (const line of house.app.printRoutes({ commonPrefix: false }).split('\n')) {
    const [, indent = '', part = '', methods = ''] = /^([│├└─\s]*)(\S+) \(([A-Z, ]+)\)$/.exec(line) ?? []
    if (!part) continue
    trail.length = indent.length / 4 - 1
    trail.push(part)
    for (const method of methods.split(', ')) if (method !== 'HEAD') found.push(`${method} ${trail.join('')}`)
  }
  return found
}

test('says what there is: every route, and no other', () => {
  const described = operations.map(({ method, path }) => `${method} ${path.replace(/\{([^}]+)\}/g, ':$1')}`)
  const told = routes().filter(
    (route) => !unspoken[route.split(' ')[1] ?? ''] && !/\/api\/docs\/reader-[\d.]+\.js/.test(route),
  )
  expect(told.length).toBeGreaterThan(80)
  expect(described.toSorted()).toEqual(told.toSorted())
})

test('is OpenAPI 3.1, with a license and the ways to sign in', async () => {
  const { openapi, info, components } = (await house.app.inject({ url: '/api/v1/openapi.json' })).json()
  expect(openapi).toBe('3.1.0')
  expect(info).toMatchObject({ title: 'Commonhall', license: { identifier: 'AGPL-3.0-or-later' } })
  expect(Object.keys(components.securitySchemes)).toEqual(['bearer', 'cookie', 'key'])
})

test('says that keys open what is of an organization, and nothing else', () => {
  const open = operations.filter(({ security }) => security?.some((way) => 'key' in Object(way)))
  const orgs = operations.filter(
    ({ path, security }) => path.startsWith('/api/v1/orgs/{slug}') && security?.length !== 0,
  )
  expect(open.map(({ operationId }) => operationId)).toEqual(orgs.map(({ operationId }) => operationId))
  expect(orgs.length).toBeGreaterThan(40)
})

test('names each operation once, and says in a few words what it does', () => {
  const names = operations.map(({ operationId }) => operationId)
  expect(names.filter((name) => !/^[a-z][A-Za-z0-9]+$/.test(name))).toEqual([])
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  expect(operations.filter(({ summary, tags }) => !summary || tags?.length !== 1)).toEqual([])
  expect(names).toEqual(
    expect.arrayContaining([
      'listMembers',
      'createMember',
      'readMember',
      'changeMember',
      'archiveMember',
      'restoreMember',
      'exportMembers',
      'admitMember',
      'admitSeveralMembers',
      'deleteOccupancy',
      'listAuditTrail',
    ]),
  )
})

test('names the parameters of a path as the contract does', () => {
  for (const { path, parameters = [] } of operations) {
    const written = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name)
    const declared = parameters.filter((one) => one.in === 'path')
    expect([path, declared.map(({ name }) => name).toSorted((a, b) => a.localeCompare(b))]).toEqual([
      path,
      written.toSorted((a = '', b = '') => a.localeCompare(b)),
    ])
    expect(declared.every(({ required }) => required)).toBe(true)
  }
  const [first] = operations.filter(({ operationId }) => operationId === 'readMember')
  expect(first?.path).toBe('/api/v1/orgs/{slug}/members/{id}')
})

test('says of every operation how it can be refused, as a problem', () => {
  const orgs = operations.filter(({ path }) => path.includes('{slug}'))
  for (const { path, responses } of orgs) {
    // Whoever is not asked who they are is not told that they are nobody, or may not.
    const expected = anonymous.includes(path) ? ['404', '422', '429'] : ['401', '403', '404', '422']
    expect([path, ...expected.filter((status) => !responses[status])]).toEqual([path])
    for (const [status, { content = {} }] of Object.entries(responses)) {
      if (Number(status) >= 400) expect(Object.keys(content), `${path} ${status}`).toEqual(['application/problem+json'])
    }
  }
})

test('asks for no sign-in where none is asked: health, sign-in and the description', () => {
  const open = operations.filter(({ security }) => security?.length === 0).map(({ path }) => path)
  expect(open.filter((path) => path.includes('{slug}'))).toEqual(anonymous)
  expect(open).toEqual(
    expect.arrayContaining(['/health', '/health/ready', '/metrics', '/api/v1/openapi.json', '/api/v1/auth/login']),
  )
})

test('knows every filter that a list and its export take', async () => {
  const staff = await house.as('staff@local-100.example')
  for (const name of ['listEntries', 'exportEntries']) {
    const found = operations.find(({ operationId }) => operationId === name)
    const queries = found?.parameters?.filter((one) => one.in === 'query').map((one) => one.name) ?? []
    for (const asked of [
      'q',
      'sort',
      'filter[state]',
      'filter[cost][gte]',
      'filter[day][empty]',
      'filter[about][ne]',
      'filter[created_at][gt]',
      'filter[archived]',
    ]) {
      expect(queries).toContain(asked)
    }
    const path = name === 'listEntries' ? '/entries' : '/entries/export'
    const filters = queries.filter((query) => query.startsWith('filter['))
    for (const query of filters) {
      const reply = await staff.get(`${path}?${query}=zzz`)
      const codes = reply.statusCode === 200 ? [] : reply.json().errors.map(({ code }: { code: string }) => code)
      expect([query, codes.filter((code: string) => /unknown/.test(code))]).toEqual([query, []])
    }
  }
})
