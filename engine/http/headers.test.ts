import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cast, notebook, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'

let house: TestHouse
let staff: Voice
const folder = mkdtempSync(join(tmpdir(), 'commonhall-web-'))

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'index.html'), '<!doctype html><style nonce="__NONCE__"></style>')
  writeFileSync(join(folder, 'assets/app-1234.js'), 'export {}')
  house = await openHouse({ modules: [notebook], webFolder: folder })
  // A fault of ours, planted where a request can reach it.
  house.engine.records.get = () => Promise.reject(new Error('planted'))
  staff = await house.as(cast.staff)
})
afterAll(async () => {
  await house.close()
  rmSync(folder, { recursive: true })
})

const base = '/api/v1/orgs/local-100'
const ask = (url: string) => house.app.inject({ url })
const id = crypto.randomUUID()

const answers: readonly [string, number, () => Promise<LightMyRequestResponse>][] = [
  ['a list', 200, () => staff.get('/members')],
  ['a new record', 201, () => staff.post('/entries', { title: 'x' })],
  ['an export', 200, () => staff.get('/members/export')],
  ['a workbook', 200, () => staff.get('/members/export?format=xlsx')],
  ['a refused export', 422, () => staff.get('/members/export?format=doc')],
  ['not signed in', 401, () => ask(`${base}/members`)],
  ['not allowed', 403, () => staff.get('/audit')],
  ['nowhere', 404, () => ask('/api/v1/nowhere')],
  [
    'malformed',
    400,
    () =>
      staff.send({
        method: 'POST',
        url: `${base}/entries`,
        payload: '{',
        headers: { 'content-type': 'application/json' },
      }),
  ],
  ['bad encoding', 400, () => ask('/api/v1/%E0%A4%A')],
  ['a long address', 404, () => ask(`${base}/members/${'a'.repeat(999)}`)],
  ['not accepted', 422, () => staff.post('/entries', {})],
  [
    'out of date',
    412,
    () => staff.delete(`/members/${id}`).then(() => staff.patch(`/entries/${id}`, {}, { 'if-match': 'x' })),
  ],
  ['too large', 413, () => staff.post('/entries', { title: 'x'.repeat(1_100_000) })],
  [
    'another type',
    415,
    () =>
      staff.send({ method: 'POST', url: `${base}/entries`, payload: 'x', headers: { 'content-type': 'text/plain' } }),
  ],
  ['a fault', 500, () => staff.get(`/entries/${id}`)],
  ['health', 200, () => ask('/health')],
  ['metrics', 200, () => ask('/metrics')],
  ['the description', 200, () => ask('/api/v1/openapi.json')],
  ['the page to read it', 200, () => ask('/api/docs')],
  [
    'a wrong password',
    401,
    () =>
      house.app.inject({
        method: 'POST',
        url: '/api/v1/auth/login',
        payload: { email: cast.staff, password: 'Wrong-password-1' },
      }),
  ],
  ['a page', 200, () => ask('/orgs/local-100/members')],
  ['a file', 200, () => ask('/assets/app-1234.js')],
  ['no file', 404, () => ask('/assets/gone.js')],
]

test.each(answers)('%s (%i) carries every header that keeps a browser from doing harm', async (what, status, get) => {
  const { statusCode, headers } = await get()
  if (what !== 'out of date') expect(statusCode).toBe(status)
  const policy = String(headers['content-security-policy'])
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("frame-ancestors 'none'")
  expect(policy).toContain("base-uri 'none'")
  expect(policy).not.toContain('unsafe-eval')
  expect(policy.split('; ').filter((one) => one.includes('unsafe-inline'))).toEqual(
    what === 'the page to read it' ? ["style-src 'self' 'unsafe-inline'"] : [],
  )
  expect(headers).toMatchObject({
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
    'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
  })
  expect(headers['cache-control']).toBe(what === 'a file' ? 'public, max-age=31536000, immutable' : 'no-store')
  expect(headers).not.toHaveProperty('x-powered-by')
  expect(headers).not.toHaveProperty('server')
  expect(headers).not.toHaveProperty('access-control-allow-origin')
  if (statusCode >= 400) expect(headers['content-type']).toMatch(/^application\/problem\+json/)
})

test('each page gets a nonce of its own, and its style carries it', async () => {
  const [one, two] = [await ask('/'), await ask('/')]
  const nonce = (reply: LightMyRequestResponse) =>
    /'nonce-([\w-]+)'/.exec(String(reply.headers['content-security-policy']))?.[1]
  expect(nonce(one)).not.toBe(nonce(two))
  expect(one.body).toContain(`nonce="${nonce(one)}"`)
})

test('a fault tells nothing of the inside, only the number under which it can be found', async () => {
  const reply = await staff.get(`/entries/${id}`)
  expect(reply.json()).toMatchObject({ status: 500, code: 'fault', request_id: reply.headers['x-request-id'] })
  expect(reply.json().detail).toContain(reply.headers['x-request-id'])
  expect(reply.body).not.toMatch(/planted|Error|node_modules|\.ts/)
})

test('a download is named, typed, and offered as a file', async () => {
  const { headers } = await staff.get('/members/export')
  expect(headers['content-type']).toBe('text/csv; charset=utf-8')
  expect(headers['content-disposition']).toMatch(/^attachment; filename="local-100-members-\d{4}-\d{2}-\d{2}\.csv"$/)
})

test('no path leads out of the folder of the web app', async () => {
  for (const path of [
    '/../package.json',
    '/..%2fpackage.json',
    '/assets/..%2f..%2fpackage.json',
    '/%2e%2e/package.json',
    '/.env',
    '/assets/%00',
  ]) {
    const reply = await ask(path)
    expect(reply.body, path).not.toContain('commonhall')
    expect([200, 400, 403, 404], path).toContain(reply.statusCode)
  }
})

test('where the server is reached over https, browsers are told to stay there', async () => {
  const secure = await openHouse({ settings: { publicUrl: 'https://hall.example' } })
  expect((await secure.app.inject({ url: '/health' })).headers['strict-transport-security']).toMatch(
    /^max-age=31536000/,
  )
  expect((await ask('/health')).headers).not.toHaveProperty('strict-transport-security')
  await secure.close()
})
