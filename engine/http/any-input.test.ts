import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cast, notebook, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'

let house: TestHouse
let staff: Voice
let id: string
beforeAll(async () => {
  house = await openHouse({ modules: [notebook] })
  staff = await house.as(cast.staff)
  id = (await staff.post('/entries', { title: 'first' })).json().id
})
afterAll(() => house.close())

const base = '/api/v1/orgs/local-100'
const runs = { numRuns: 150 }
const nasty = fc.constantFrom(
  '',
  ' ',
  '\u0000',
  'a\u0000',
  '\ud800',
  '%',
  '_',
  '\\',
  "'",
  '"',
  '$1',
  '{}',
  '[]',
  '-',
  ',',
  ';',
  '\r\n',
  '\u202e',
  '💥',
  'null',
  'true',
  '0',
  '-1',
  '1e999',
  'NaN',
  '2025-02-30',
  '0000-00-00',
  '99999999999999999999',
  'constructor',
  '__proto__',
)
const text = fc.oneof(nasty, fc.string({ unit: 'binary', maxLength: 30 }), fc.string({ maxLength: 30 }))
const names = fc.oneof(
  fc.constantFrom(
    'title',
    'code',
    'body',
    'mood',
    'cost',
    'rate',
    'score',
    'spent',
    'share',
    'day',
    'moment',
    'done',
    'about',
    'detail',
    'fixed',
    'state',
    'ids',
    'reason',
    'from_on',
  ),
  text,
)
const value: fc.Arbitrary<unknown> = fc.oneof(
  text,
  fc.jsonValue({ maxDepth: 4 }),
  fc.double(),
  fc.maxSafeInteger(),
  fc.constant(null),
)
const body = fc.oneof(fc.dictionary(names, value, { maxKeys: 6 }), fc.jsonValue())

/** What comes back: a reply that was meant, and when it is a refusal, a problem. */
function isMeant(reply: { statusCode: number; json(): unknown; headers: Record<string, unknown> }): boolean {
  if (reply.statusCode >= 500) return false
  return (
    reply.statusCode < 400 ||
    (String(reply.headers['content-type']).startsWith('application/problem+json') &&
      'detail' in (reply.json() as object))
  )
}

test('no JSON, sent anywhere it can be written, is a fault', async () => {
  const places = fc.constantFrom<['POST' | 'PATCH' | 'DELETE', string]>(
    ['POST', '/entries'],
    ['PATCH', `/entries/${id}`],
    ['POST', '/entries/file'],
    ['POST', `/entries/${id}/file`],
    ['POST', '/members'],
    ['POST', '/members/suspend'],
    ['POST', '/notebook/echo/a'],
    ['DELETE', `/entries/${id}`],
  )
  await fc.assert(
    fc.asyncProperty(places, body, async ([method, path], given) => {
      const reply = await staff.send({
        method,
        url: base + path,
        payload: JSON.stringify(given),
        headers: { 'content-type': 'application/json' },
      })
      expect(isMeant(reply), `${method} ${path} ${JSON.stringify(given)} → ${reply.body}`).toBe(true)
    }),
    runs,
  )
})

test('no bytes are a fault', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 60 }), async (bytes) => {
      const reply = await staff.send({
        method: 'POST',
        url: `${base}/entries`,
        payload: Buffer.from(bytes),
        headers: { 'content-type': 'application/json' },
      })
      expect(isMeant(reply), reply.body).toBe(true)
    }),
    runs,
  )
})

const encoded = (word: string) => encodeURIComponent(word.toWellFormed())
const fields = fc.constantFrom(
  'title',
  'code',
  'body',
  'mood',
  'cost',
  'rate',
  'score',
  'spent',
  'share',
  'day',
  'moment',
  'done',
  'about',
  'detail',
  'state',
  'created_at',
  'updated_at',
  'archived',
  'id',
  'org_id',
  'constructor',
  '__proto__',
)
const operators = fc.constantFrom(
  '',
  '[eq]',
  '[ne]',
  '[gt]',
  '[gte]',
  '[lt]',
  '[lte]',
  '[contains]',
  '[empty]',
  '[constructor]',
  '[x]',
)
const option = fc.oneof(
  fc.tuple(fields, operators, text).map(([field, operator, asked]) => `filter[${field}]${operator}=${encoded(asked)}`),
  fc
    .tuple(fc.constantFrom('q', 'limit', 'after', 'sort', 'count', 'format', 'x'), text)
    .map(([name, asked]) => `${name}=${encoded(asked)}`),
  fc.array(fields, { maxLength: 6 }).map((sorts) => `sort=${sorts.join(',-')}`),
  fc.string({ maxLength: 20 }).map((junk) => junk.replace(/[#\s]/g, '')),
)

test('no query string is a fault, of a list or an export or a report', async () => {
  const paths = fc.constantFrom(
    '/entries',
    '/members',
    '/audit',
    '/users',
    '/standings',
    '/entries/export',
    '/reports/notebook.by-mood',
  )
  await fc.assert(
    fc.asyncProperty(paths, fc.array(option, { maxLength: 4 }), async (path, options) => {
      const query = options.join('&')
      const reply = await staff.send({ method: 'GET', url: `${base}${path}?${query}` })
      const isFile = String(reply.headers['content-type']).startsWith('text/csv') && reply.statusCode === 200
      expect(isFile || isMeant(reply), `${path}?${query} → ${reply.statusCode} ${reply.body.slice(0, 300)}`).toBe(true)
    }),
    { numRuns: 300 },
  )
})

test('no header is a fault', async () => {
  const header = fc.constantFrom(
    'if-match',
    'idempotency-key',
    'authorization',
    'accept',
    'accept-encoding',
    'content-type',
    'cookie',
    'x-request-id',
    'origin',
  )
  const latin = fc.string({ maxLength: 40 }).map((word) => word.replace(/[^\t\x20-\x7e]/g, ''))
  await fc.assert(
    fc.asyncProperty(header, latin, async (name, given) => {
      const reply = await staff.send({
        method: 'PATCH',
        url: `${base}/entries/${id}`,
        payload: '{"title":"x"}',
        headers: { 'content-type': 'application/json', [name]: given },
      })
      expect(isMeant(reply), `${name}: ${given} → ${reply.body}`).toBe(true)
    }),
    runs,
  )
})

test('an address of 10,000 characters is answered', async () => {
  for (const query of [
    `q=${'a'.repeat(10_000)}`,
    `filter[title]=${'a'.repeat(10_000)}`,
    `filter[cost]=${'0'.repeat(10_000)}x`,
    `after=${'A'.repeat(10_000)}`,
    `sort=${'title,'.repeat(1500)}`,
    'x=1&'.repeat(2500),
    `filter[score]=${'9'.repeat(10_000)}`,
    'filter[mood]=calm&'.repeat(500),
  ]) {
    const reply = await staff.get(`/entries?${query}`)
    expect(isMeant(reply), reply.body.slice(0, 300)).toBe(true)
  }
})
