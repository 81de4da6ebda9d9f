import { connect } from 'node:net'
import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, cast, notebook, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'

let house: TestHouse
let staff: Voice
let id: string
let before: unknown
const base = '/api/v1/orgs/local-100'

/** All that a request could have written. */
const state = async () =>
  await asOwner(
    house,
    `select (select count(*) from members.member) as members, (select count(*) from notebook.entry) as entries,
  (select max(version) from members.member) as version, (select count(*) from foundation.audit_entry) as lines,
  (select count(*) from foundation.event) as events, (select count(*) from foundation.idempotency_key) as keys`,
  )

beforeAll(async () => {
  house = await openHouse({ modules: [notebook] })
  staff = await house.as(cast.staff)
  id = (await staff.get('/members?limit=1')).json().data[0].id
  // That this was looked at is told a moment later.
  await house.engine.watch.flush()
  before = await state()
})
afterAll(async () => {
  expect(await state()).toEqual(before)
  await house.close()
})

function expectProblem(reply: LightMyRequestResponse, status: number | readonly number[], code?: string): void {
  const problem = reply.json()
  expect(reply.headers['content-type']).toMatch(/^application\/problem\+json/)
  expect([status].flat()).toContain(reply.statusCode)
  expect(problem).toMatchObject({ status: reply.statusCode, ...(code ? { code } : {}) })
  expect(problem.detail).toMatch(/^\S[\s\S]+[.?]$/)
  expect(problem.request_id).toBe(reply.headers['x-request-id'])
}

const raw = (
  payload: string | Buffer,
  type = 'application/json',
  method: 'POST' | 'PATCH' = 'POST',
  path = '/members',
) => staff.send({ method, url: base + path, payload, headers: { 'content-type': type } })

describe('a body that is not a record', () => {
  test.each([
    ['half an object', '{"last_name":', 400],
    ['a bare word', 'hello', 400],
    ['nothing', '', 400],
    ['a trailing comma', '{"a":1,}', 400],
    ['NaN', '{"a":NaN}', 400],
    ['a prototype', '{"__proto__":{"admin":true}}', 400],
    ['a constructor', '{"constructor":{"prototype":{"x":1}}}', 400],
    ['an array', '[]', 422],
    ['text', '"x"', 422],
    ['a number', '7', 422],
    ['null', 'null', 422],
    ['true', 'true', 422],
    ['100,000 arrays in each other', '['.repeat(100_000) + ']'.repeat(100_000), 400],
    ['100,000 objects in each other', '{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000), 400],
    ['200 levels', `{"last_name":${'['.repeat(200)}${']'.repeat(200)}}`, 400],
    ['bytes that are no UTF-8', Buffer.from([0x22, 0xff, 0xfe, 0x22]), [400, 422]],
    ['a byte order mark alone', '\uFEFF', 400],
  ])('%s is refused', async (_what, body, status) => {
    expectProblem(await raw(body), status)
    expectProblem(await raw(body, 'application/json', 'PATCH', `/members/${id}`), status)
  })

  test('with an Idempotency-Key, depth is no fault either', async () => {
    const payload = '['.repeat(100_000) + ']'.repeat(100_000)
    const headers = { 'content-type': 'application/json', 'idempotency-key': 'deep' }
    expectProblem(await staff.send({ method: 'POST', url: `${base}/members`, payload, headers }), 400, 'malformed')
  })

  test('10 MB are too much, whatever they say', async () => {
    const huge = JSON.stringify({ last_name: 'x'.repeat(10_000_000) })
    expectProblem(await raw(huge), 413, 'too_large')
    expectProblem(await raw(huge, 'application/json', 'PATCH', `/members/${id}`), 413, 'too_large')
  })

  test.each([
    'text/plain',
    'application/xml',
    'application/x-www-form-urlencoded',
    'nonsense',
    'multipart/form-data; boundary=x',
  ])('%s is no type that a record comes in', async (type) => expectProblem(await raw('{}', type), [400, 415]))

  test('no body at all is refused', async () => {
    expectProblem(await staff.send({ method: 'POST', url: `${base}/members` }), 422, 'invalid')
  })
})

const person = { card_number: 'Z-1', last_name: 'Doe', first_name: 'Jo' }

describe('a value that cannot be', () => {
  test.each<[string, Record<string, unknown>, string, string]>([
    ['an unknown field', { ...person, salary: 1 }, 'salary', 'unknown_field'],
    ['a field of the house', { ...person, org_id: crypto.randomUUID() }, 'org_id', 'unknown_field'],
    ["an id of one's own", { ...person, id: crypto.randomUUID() }, 'id', 'unknown_field'],
    ['a version', { ...person, version: 9 }, 'version', 'unknown_field'],
    ['an inherited name', { ...person, toString: 'x' }, 'toString', 'unknown_field'],
    ['a number for text', { ...person, last_name: 7 }, 'last_name', 'not_text'],
    ['an object for text', { ...person, last_name: { $ne: null } }, 'last_name', 'not_text'],
    ['an array for text', { ...person, last_name: ['a'] }, 'last_name', 'not_text'],
    ['NUL in text', { ...person, last_name: 'a\u0000b' }, 'last_name', 'bad_characters'],
    ['half a character', { ...person, last_name: 'a\ud800b' }, 'last_name', 'bad_characters'],
    ['NUL in long text', { ...person, notes: '\u0000' }, 'notes', 'bad_characters'],
    ['a line break in a line', { ...person, last_name: 'a\nb' }, 'last_name', 'not_one_line'],
    ['too much text', { ...person, last_name: 'x'.repeat(101) }, 'last_name', 'too_long'],
    ['only spaces where something is needed', { ...person, last_name: '   ' }, 'last_name', 'required'],
    ['nothing where something is needed', { ...person, last_name: null }, 'last_name', 'required'],
    ['a state that nobody has', { ...person, state: 'king' }, 'state', 'not_a_choice'],
    ['a state in capitals', { ...person, state: 'ACTIVE' }, 'state', 'not_a_choice'],
    ['a day that is none', { ...person, joined_on: '2025-02-30' }, 'joined_on', 'no_such_date'],
    ['a day in another spelling', { ...person, joined_on: '02/03/2025' }, 'joined_on', 'not_a_date'],
    ['a day in the year 9999', { ...person, joined_on: '9999-01-01' }, 'joined_on', 'date_out_of_range'],
    ['a birth in the future', { ...person, birth_on: '2150-01-01' }, 'birth_on', 'date_in_future'],
    ['a whole social security number', { ...person, ssn_last_four: '123-45-6789' }, 'ssn_last_four', 'not_last_four'],
    ['an e-mail that is none', { ...person, email: 'jo' }, 'email', 'not_email'],
    ['a reference that is no id', { ...person, household: 'Ortiz' }, 'household', 'not_a_reference'],
    ['a household that nobody has', { ...person, household: crypto.randomUUID() }, 'household', 'no_target'],
  ])('%s is named with its field', async (_what, body, path, code) => {
    const reply = await staff.post('/members', body)
    expectProblem(reply, 422, 'invalid')
    expect(reply.json().errors).toContainEqual(expect.objectContaining({ path, code }))
  })

  test.each<[string, Record<string, unknown>]>([
    ['money as a number', { cost: 12.5 }],
    ['money with an exponent', { cost: '1e3' }],
    ['money beyond the column', { cost: '99999999999999' }],
    ['a rate beyond its column', { rate: '123456789012.0000' }],
    ['infinite money', { cost: 'Infinity' }],
    ['money of a million digits', { cost: '9'.repeat(500_000) }],
    ['a million zeros and a letter', { cost: `${'0'.repeat(500_000)}x` }],
    ['hexadecimal money', { cost: '0x10' }],
    ['a count with a fraction', { score: 1.5 }],
    ['a count as text', { score: '5' }],
    ['a huge count', { score: 1e300 }],
    ['a count out of its bounds', { score: 1001 }],
    ['yes as text', { done: 'yes' }],
    ['yes as a number', { done: 1 }],
    ['a moment without a zone', { moment: '2025-01-01T00:00:00' }],
    ['a moment in the year 0', { moment: '0000-01-01T00:00:00Z' }],
    ['a moment beyond the year 9999', { moment: '9999-12-31T23:59:59-10:00' }],
    ['detail with NUL', { detail: { a: ['\u0000'] } }],
    ['detail with half a character', { detail: { 'a\udc00': 1 } }],
    ['detail that is too large', { detail: 'x'.repeat(200_000) }],
    ['detail 55 deep', { detail: JSON.parse('['.repeat(55) + ']'.repeat(55)) }],
    ['a computed field', { written_by: crypto.randomUUID() }],
  ])('%s is refused', async (_what, body) =>
    expectProblem(await staff.post('/entries', { title: 'x', ...body }), 422, 'invalid'),
  )

  test('every fault is told at once', async () => {
    const { detail, errors } = (await staff.post('/members', { last_name: 7, state: 'king', salary: 1 })).json()
    expect(errors.map(({ path }: { path: string }) => path).toSorted()).toEqual([
      'card_number',
      'first_name',
      'last_name',
      'salary',
      'state',
    ])
    expect(detail).toBe('5 fields need attention.')
  })
})

describe('an address that leads nowhere', () => {
  test.each([
    ['an id that is none', '/members/7', 404],
    ['an id with NUL', '/members/%00', 404],
    ['an unknown id', `/members/${crypto.randomUUID()}`, 404],
    ['an unknown kind', '/wizards', 404],
    ['bad percent-encoding', '/members/%E0%A4%A', 400],
    ['a lone percent sign', '/members/%', 400],
    ['a path upward', '/members/..%2f..%2fetc%2fpasswd', 404],
    ['a very long id', `/members/${'a'.repeat(399)}`, 404],
    ['a longer one', `/members/${'a'.repeat(5000)}`, [404, 414]],
  ])('%s', async (_what, path, status) => expectProblem(await staff.send({ url: base + path }), status))

  test.each(['%00', 'a%00b', '%F0%9F%A6%84', '-'.repeat(300), "'%20or%201=1--", '__proto__', 'constructor'])(
    'an org called %s',
    async (slug) => expectProblem(await staff.send({ url: `/api/v1/orgs/${slug}/members` }), 404, 'not_found'),
  )

  test.each(['PUT', 'TRACE', 'OPTIONS', 'PROPFIND', 'SEARCH'] as const)('%s', async (method) =>
    expectProblem(await staff.send({ method, url: `${base}/members/${id}` }), [404, 405]),
  )
})

describe('a version that does not hold', () => {
  test('stale or from the future', async () => {
    for (const version of ['"0"', '"999999"']) {
      expectProblem(await staff.patch(`/members/${id}`, { notes: 'x' }, { 'if-match': version }), 412, 'stale')
      expectProblem(await (await house.as(cast.admin)).delete(`/members/${id}`, { 'if-match': version }), 412, 'stale')
    }
  })

  test.each(['abc', '', '"1", "2"', '"-1"', '1e3', '"99999999999999999999"', '"\u00e9"'])(
    'If-Match: %s',
    async (header) =>
      expectProblem(await staff.patch(`/members/${id}`, { notes: 'x' }, { 'if-match': header }), 400, 'bad_match'),
  )

  test.each(['', ' ', 'a b', 'k'.repeat(201), '\u00e9'])('Idempotency-Key "%s"', async (key) =>
    expectProblem(await staff.post('/members', person, { 'idempotency-key': key }), 400, 'bad_key'),
  )
})

test('what is no HTTP gets a problem too', async () => {
  await house.app.listen({ port: 0, host: '127.0.0.1' })
  const { port } = house.app.server.address() as { port: number }
  const answer = (text: string) =>
    new Promise<string>((resolve, reject) => {
      let seen = ''
      connect(port, '127.0.0.1')
        .on('data', (piece) => (seen += piece))
        .on('close', () => resolve(seen))
        .on('error', reject)
        .end(text)
    })
  expect(await answer('HELLO THERE\r\n\r\n')).toMatch(
    /^HTTP\/1\.1 400 [\s\S]*nosniff[\s\S]*application\/problem\+json[\s\S]*"code":"malformed_http"/,
  )
  expect(await answer(`GET /health HTTP/1.1\r\nhost: x\r\nx: ${'a'.repeat(40_000)}\r\n\r\n`)).toMatch(
    /^HTTP\/1\.1 431 [\s\S]*"code":"headers_too_large"/,
  )
})
