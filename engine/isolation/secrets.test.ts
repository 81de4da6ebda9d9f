import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  asOwner,
  cast,
  castPassword,
  eventually,
  openHouse,
  type TestHouse,
  type Voice,
  voiceOf,
} from '@commonhall/engine/testing'
import { Cabinet } from '../files/testing/cabinet.ts'
import { bringIn } from '../imports/testing/upload.ts'
import { rolesOf } from '../invitations/testing/post-office.ts'
import { makeLog } from '../log.ts'
import { listMail } from '../mail/transports/mailbox.ts'
import { Browser } from '../sign-in/testing/browser.ts'
import { addApp, addPasskey, authApi, codeOf, showPasskey } from '../sign-in/testing/factors.ts'

/** Names of what is secret in a request or a reply. */
const secretNames =
  /^(password|token|access_token|refresh_token|csrf_token|ticket|code|key|secret|uri|recovery_codes|challenge)$/
const ssn = '078-05-1120'
const newPassword = 'Joe-Hill-never-died-1915'

/** Where a secret may stand. */
const mayHold: Readonly<Record<string, string>> = {
  'foundation.local_mail': 'the letters themselves, on a machine that has no mail server',
}

let house: TestHouse
const lines: string[] = []
const secrets = new Map<string, string>()
const replies: (readonly [string, LightMyRequestResponse])[] = []

/** Under the name by which it was told first. */
function remember(secret: string, name: string): void {
  if (!secrets.has(secret)) secrets.set(secret, name)
}

function keep(value: unknown, name = ''): void {
  if (Array.isArray(value)) for (const one of value) keep(one, name)
  else if (value && typeof value === 'object') for (const [inner, one] of Object.entries(value)) keep(one, inner)
  else if (typeof value === 'string' && value.length > 5 && secretNames.test(name)) remember(value, name)
}

/** Writes down every secret that goes in or comes out. */
function listen(): void {
  const inject = house.app.inject.bind(house.app) as (options: InjectOptions) => Promise<LightMyRequestResponse>
  house.app.inject = (async (options: InjectOptions) => {
    const { authorization } = (options.headers ?? {}) as { authorization?: string }
    if (authorization) remember(authorization.replace('Bearer ', ''), 'authorization')
    if (!Buffer.isBuffer(options.payload)) keep(options.payload)
    const reply = await inject(options)
    for (const { name, value } of reply.cookies as { name: string; value: string }[]) if (value) remember(value, name)
    // What is wrong with a request is told with names like "code", too.
    if (String(reply.headers['content-type']).includes('json') && reply.body)
      keep(reply.statusCode < 400 ? reply.json() : { ticket: reply.json().ticket })
    replies.push([`${options.method} ${String(options.url)}`, reply])
    return reply
  }) as never
}

const auth = '/api/v1/auth'
const post = (path: string, payload: object) => house.app.inject({ method: 'POST', url: `${auth}/${path}`, payload })
const logIn = async (email: string, password = castPassword) => (await post('login', { email, password })).json()

/** The token of the link in the mail to somebody, once it has come. */
async function linkTo(email: string): Promise<string> {
  const mail = async () => {
    const kept = (await listMail(house.engine.database)).filter(({ recipient }) => recipient === email)
    const [token] = kept.flatMap(({ plain }) => /\/([\w-]{43})\b/.exec(plain)?.[1] ?? [])
    if (!token) throw new Error(`No link has come to ${email}.`)
    return token
  }
  const token = await eventually(mail)
  remember(token, 'link')
  return token
}

async function cookies(): Promise<void> {
  const browser = new Browser(house.app)
  await browser.logIn(cast.staff, castPassword)
  await browser.logIn(cast.staff, 'Wrong-password-of-staff-1')
  await browser.get(`${auth}/me`)
  await browser.post(`${auth}/refresh`)
  await browser.post(`${auth}/logout`)
}

/** Adds each factor, and comes in by each. */
async function factors(): Promise<void> {
  const { access_token: token } = await logIn(cast.officer)
  const { authenticator } = await addPasskey(house.app, token)
  const { secret } = await addApp(house.app, token)
  const send = authApi(house.app, token)
  const { recovery_codes: codes } = (await send('POST', 'recovery-codes', {})).json() as { recovery_codes: string[] }
  const { ticket } = await logIn(cast.officer)
  expect((await post('second-factor', { ticket, method: 'totp', code: '000000' })).statusCode).toBe(401)
  expect((await post('second-factor', { ticket, method: 'totp', code: codeOf(secret) })).statusCode).toBe(200)
  const again = (await logIn(cast.officer)).ticket
  expect((await post('second-factor', { ticket: again, method: 'recovery-code', code: codes[0] })).statusCode).toBe(200)
  expect((await post('passkey/login', await showPasskey(house.app, authenticator))).statusCode).toBe(200)
  expect((await send('POST', 'prove', { method: 'recovery-code', code: codes[1] })).statusCode).toBe(204)
  expect((await send('GET', 'factors')).statusCode).toBe(200)
}

async function keysAndPeople(admin: Voice): Promise<void> {
  const { key } = (await admin.post('/api-keys', { name: 'Door', scopes: ['members.member.read'] })).json()
  expect((await voiceOf(house.app, key, 'local-100').get('/members?limit=1')).statusCode).toBe(200)
  expect((await voiceOf(house.app, `${key}x`, 'local-100').get('/members?limit=1')).statusCode).toBe(401)
  const hook = { name: 'Newsletter', url: 'http://127.0.0.1:9009/', events: ['members.member.created'] }
  const { id } = (await admin.post('/webhooks', hook)).json()
  expect((await admin.post(`/webhooks/${id}/rotate`)).statusCode).toBe(200)
  expect((await admin.post(`/webhooks/${id}/test`)).statusCode).toBe(202)
  for (const path of [`/webhooks/${id}`, '/webhooks', `/webhooks/${id}/deliveries`, `/webhooks/${id}/history`])
    expect((await admin.get(path)).statusCode).toBe(200)
  const roles = await rolesOf(admin)
  await admin.post('/invitations', { email: 'ella@people.example', name: 'Ella', roles: [roles['staff']] })
  const token = await linkTo('ella@people.example')
  expect((await house.app.inject({ url: `${auth}/invitations/${token}` })).statusCode).toBe(200)
  expect((await post(`invitations/${token}/accept`, { password: newPassword })).statusCode).toBeLessThan(300)
}

/** A link that opens a file without signing in: followed, followed when it is spoilt, and followed in vain. */
async function linksToFiles(admin: Voice): Promise<void> {
  const [member] = (await admin.get('/members?limit=1')).json().data
  const cabinet = new Cabinet(house)
  const file = await cabinet.attach(admin, `/members/${member.id}`, { name: 'letter.txt' })
  const { url } = (await admin.post(`/files/${file}/link`, { minutes: 15 }, { 'idempotency-key': 'a-link' })).json()
  const token = String(url).split('/').at(-1) ?? ''
  remember(token, 'file link')
  const open = (one: string) => house.app.inject({ method: 'GET', url: `/api/v1/file-links/${one}` })
  expect((await open(token)).statusCode).toBe(200)
  expect((await open(`${token.slice(0, -6)}AAAAAA`)).statusCode).toBe(404)
  expect((await admin.delete(`/files/${file}`)).statusCode).toBeLessThan(300)
  expect((await open(token)).statusCode).toBe(404)
}

async function letters(): Promise<void> {
  const { access_token: token } = await logIn(cast.treasurer)
  await authApi(house.app, token)('POST', 'email/change', { email: 'tess@people.example' })
  expect((await post('email/confirm', { token: await linkTo('tess@people.example') })).statusCode).toBe(200)
  await post('password/reset-request', { email: cast.organizer })
  const reset = { token: await linkTo(cast.organizer), password: newPassword }
  expect((await post('password/reset-confirm', reset)).statusCode).toBeLessThan(300)
  await logIn(cast.organizer, newPassword)
}

async function numbers(admin: Voice): Promise<void> {
  const { next } = (await admin.get('/live?topics=members,inbox&wait=0')).json()
  await admin.post('/members', { card_number: 'S-1', last_name: 'Bloor', first_name: 'Ella', ssn_last_four: ssn })
  const roll = `Card No,Last name,First name,SSN,DOB\nS-2,Ash,Ann,${ssn},1960-01-01\nS-3,,Ann,${ssn},soon\n`
  const at = await bringIn(admin, 'local-100', roll)
  await admin.get(`${at}/refusals`)
  await admin.get(`/members?q=${encodeURIComponent(ssn)}`)
  const [ann] = (await admin.get('/members?filter[card_number]=S-2')).json().data
  expect((await admin.get(`/members/${ann.id}/personal-data`)).statusCode).toBe(200)
  await admin.post(`/members/${ann.id}/withdraw`, { reason: 'Moved' })
  const erased = await admin.post(`/members/${ann.id}/erase`, { reason: 'They asked for it.' })
  expect(erased.statusCode, erased.body).toBeLessThan(300)
  expect((await admin.get(`/live?topics=members&wait=0&after=${next}`)).json().events).not.toEqual([])
}

beforeAll(async () => {
  house = await openHouse({ log: makeLog('trace', { write: (line) => void lines.push(line) }) })
  await house.engine.startWork()
  // What is said as a house starts is of no request.
  lines.length = 0
  listen()
  const admin = await house.as(cast.admin)
  await cookies()
  await factors()
  await keysAndPeople(admin)
  await linksToFiles(admin)
  await letters()
  await numbers(admin)
  for (const path of ['/audit?limit=200', '/users', '/api-keys', '/invitations', '/mails', '/suppressed-addresses'])
    await admin.get(path)
  await admin.post(`${auth}/sessions/end-others`, {})
  await house.engine.watch.flush()
})
afterAll(() => house.close())

/** Whether a text has a secret: as a word of its own, since six digits could be part of any number, hash or id. */
const holds = (text: string, secret: string) =>
  /^\d+$/.test(secret) ? new RegExp(`(?<![\\w.-])${secret}(?![\\w-])`).test(text) : text.includes(secret)

const found = (text: string) => [...secrets].filter(([secret]) => holds(text, secret)).map(([, name]) => name)

test('there were secrets of every kind', () => {
  const kinds = new Set(secrets.values())
  for (const kind of [
    'password',
    'authorization',
    'ticket',
    'code',
    'recovery_codes',
    'secret',
    'key',
    'link',
    'file link',
    'refresh_token',
  ])
    expect([...kinds]).toContain(kind)
  expect([...kinds].some((kind) => kind.startsWith('__Host-'))).toBe(true)
})

describe('no secret and no whole social security number', () => {
  test('stands in a line of the log', () => {
    expect(lines.length).toBeGreaterThan(50)
    for (const line of lines) expect([line, found(line)]).toEqual([line, []])
    expect(lines.join('')).not.toMatch(/078-?05-?1120/)
  })

  test('stands in any table: trail, events, queue, kept replies, files that were brought in', async () => {
    const tables = await asOwner<{ name: string }>(
      house,
      `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
      where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'`,
    )
    expect(tables.map(({ name }) => name)).toEqual(expect.arrayContaining(['foundation.audit_entry', 'queue.job']))
    for (const { name } of tables) {
      const [row] = await asOwner<{ all: string | null }>(
        house,
        `select string_agg(t::text, e'\\n') as all from ${name} t`,
      )
      const text = row?.all ?? ''
      expect([name, mayHold[name] ? [] : found(text)]).toEqual([name, []])
      expect([name, /078-?05-?1120/.test(text)]).toEqual([name, false])
    }
  })
})

test('every line of the log is JSON, and says which request or job it is of', () => {
  for (const line of lines) {
    const told = JSON.parse(line) as Record<string, unknown>
    expect([line, Boolean(told['request_id'] ?? told['job'])]).toEqual([line, true])
    expect(line.trimEnd()).not.toContain('\n')
  }
  const numbers = new Set(replies.map(([, { headers }]) => headers['x-request-id']))
  const logged = new Set(lines.map((line) => JSON.parse(line).request_id))
  expect([...numbers].filter((number) => !logged.has(number as string))).toEqual([])
})

test('every reply keeps browsers from doing harm, and its cookies are bound to the host', () => {
  expect(replies.length).toBeGreaterThan(40)
  for (const [what, { headers, statusCode }] of replies) {
    // Bytes that people sent are kept from being a page by a policy of their own, and go to whoever has the link alone.
    const isBytes = what.includes('/file-links/') && statusCode === 200
    const policy = isBytes ? "sandbox; default-src 'none'" : "frame-ancestors 'none'"
    expect([what, headers]).toEqual([
      what,
      expect.objectContaining({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'cache-control': isBytes ? 'private, no-cache' : 'no-store',
        'content-security-policy': expect.stringContaining(policy),
        'x-request-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
      }),
    ])
    for (const cookie of [headers['set-cookie'] ?? []].flat()) {
      expect(cookie).toMatch(/^__Host-[\w-]+=/)
      expect(cookie).toMatch(/; Path=\//)
      expect(cookie).toMatch(/; Secure/)
      expect(cookie).toMatch(/; SameSite=(Lax|Strict)/)
      expect([cookie, /; HttpOnly/.test(cookie)]).toEqual([cookie, !cookie.startsWith('__Host-csrf')])
    }
  }
})

test('this check can fail: a token, a code and a number are found where they stand', () => {
  for (const [secret, name] of secrets) expect(found(`{"x":"${secret}"}`)).toContain(name)
})
