import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { castPassword, notebook, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { askOfServing } from '../files/serving/testing/ask.ts'
import { askOfFiles } from '../files/testing/ask.ts'
import { askOfLive } from '../live/testing/ask.ts'
import { askOfReports } from '../reports/testing/ask.ts'
import { Authenticator } from '../sign-in/testing/authenticator.ts'
import { addApp, addPasskey, showPasskey } from '../sign-in/testing/factors.ts'
import { askOfWebhooks } from '../webhooks/testing/ask.ts'
import { askOfLedger } from '../isolation/testing/ledger.ts'
import { fillGovernance } from '../isolation/testing/governance.ts'
import { fillMarketRecovery } from '../isolation/testing/market-recovery.ts'
import { mailedAndBounced } from '../mail/testing/bounced.ts'
import { check } from './testing/check.ts'

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly schema: object }[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: object }>> }
  readonly responses: Readonly<
    Record<
      string,
      { readonly content?: Readonly<Record<string, { readonly schema: object }>>; readonly headers?: object }
    >
  >
}

let house: TestHouse
let paths: Record<string, Record<string, Operation>>
const voices = new Map<string, Voice>()
const seen = new Set<string>()

beforeAll(async () => {
  house = await openHouse({ modules: [notebook] })
  paths = (await house.app.inject({ url: '/api/v1/openapi.json' })).json().paths
  for (const role of ['admin', 'staff', 'member']) voices.set(role, await house.as(`${role}@riverside.example`))
  await mailedAndBounced(house, 'riverside')
})
afterAll(() => house.close())

/** Holds a reply against what the description says of the operation and status. */
function expectTold(operation: string, reply: LightMyRequestResponse): void {
  const [method = '', path = ''] = operation.split(' ')
  const described = paths[path]?.[method.toLowerCase()]
  const told = described?.responses[String(reply.statusCode)]
  expect(told, `${operation} answers ${reply.statusCode}: ${reply.body.slice(0, 200)}`).toBeDefined()
  seen.add(`${operation} ${reply.statusCode}`)
  const type = (reply.headers['content-type'] ?? '').split(';')[0] ?? ''
  if (!told?.content) return expect(reply.body).toBe('')
  const [, content] = Object.entries(told.content).find(([name]) => name.split(';')[0] === type) ?? []
  expect(content, `${operation} ${reply.statusCode} is ${type}`).toBeDefined()
  if (type.endsWith('json') && content)
    expect([operation, check(content.schema, reply.json())]).toEqual([operation, []])
  for (const header of Object.keys(told.headers ?? {}))
    expect(reply.headers, operation).toHaveProperty(header.toLowerCase())
}

/** Whether the description allows a body. */
const allows = (operation: string, body: unknown) => {
  const [method = '', path = ''] = operation.split(' ')
  const schema = paths[path]?.[method.toLowerCase()]?.requestBody?.content['application/json']?.schema
  return schema ? check(schema, body).length === 0 : undefined
}

const org = '/api/v1/orgs/{slug}'

test('every list, record and export is as described', async () => {
  const admin = voices.get('admin')!
  await admin.post('/households', { name: 'Ortiz family' })
  const key = await admin.post('/api-keys', { name: 'Door', scopes: ['members.member.read'] })
  expectTold(`POST ${org}/api-keys`, key)
  expectTold(`POST ${org}/api-keys`, await admin.post('/api-keys', { name: 'Door' }))
  await admin.post('/entries', {
    title: 'full',
    code: 'f',
    mood: 'calm',
    cost: '1.00',
    rate: '1',
    score: 1,
    spent: '1',
    share: '1',
    day: '2025-01-01',
    moment: '2025-01-01T00:00:00Z',
    done: true,
    detail: { any: ['thing'] },
    about: (await admin.get('/members?limit=1')).json().data[0].id,
  })
  const applicant = (await admin.get('/members?limit=1&filter[state]=applicant')).json().data[0].id
  await admin.post(`/members/${applicant}/admit`)
  const roles = (await admin.get('/roles?limit=1')).json().data.map((role: { id: string }) => role.id)
  await admin.post('/invitations', { email: 'new@people.example', name: 'New', roles })
  for (const [operation, reply] of await askOfWebhooks(admin)) expectTold(operation, reply)
  for (const [operation, reply] of await askOfLive(admin, voices.get('staff')!)) expectTold(operation, reply)
  for (const [operation, reply] of await askOfFiles(house, admin, applicant)) expectTold(operation, reply)
  for (const [operation, reply] of await askOfServing(house, admin, applicant)) expectTold(operation, reply)
  for (const [operation, reply] of await askOfLedger(house)) expectTold(operation, reply)
  await fillMarketRecovery(house)
  await fillGovernance(house)
  for (const [operation, reply] of await askOfReports(admin)) expectTold(operation, reply)
  for (const { path } of house.engine.registry.resources.values()) {
    const page = await admin.get(`/${path}?limit=3&count=exact`)
    expectTold(`GET ${org}/${path}`, page)
    expectTold(`GET ${org}/${path}/{id}`, await admin.get(`/${path}/${page.json().data[0].id}`))
    expectTold(`GET ${org}/${path}/{id}`, await admin.get(`/${path}/7`))
    expectTold(`GET ${org}/${path}/export`, await admin.get(`/${path}/export`))
    expectTold(`GET ${org}/${path}/export`, await admin.get(`/${path}/export?format=xlsx`))
    expectTold(`GET ${org}/${path}`, await admin.get(`/${path}?limit=0`))
    expectTold(`GET ${org}/${path}`, await admin.get(`/${path}?after=x`))
  }
})

test('writes, acts and their refusals are as described', async () => {
  const admin = voices.get('admin')!
  const created = await admin.post('/members', { card_number: 'R-1', last_name: 'Doe', first_name: 'Jo' })
  expectTold(`POST ${org}/members`, created)
  const { id } = created.json()
  expectTold(
    `POST ${org}/members`,
    await admin.post('/members', { card_number: 'R-1', last_name: 'Doe', first_name: 'Jo' }),
  )
  expectTold(`POST ${org}/members`, await admin.post('/members', { nonsense: 1 }))
  expectTold(`POST ${org}/members`, await voices.get('member')!.post('/members', {}))
  expectTold(
    `POST ${org}/members`,
    await house.app.inject({ method: 'POST', url: '/api/v1/orgs/riverside/members', payload: {} }),
  )
  expectTold(
    `POST ${org}/members`,
    await admin.send({
      method: 'POST',
      url: '/api/v1/orgs/riverside/members',
      payload: '<a/>',
      headers: { 'content-type': 'text/xml' },
    }),
  )
  expectTold(`POST ${org}/members`, await admin.post('/members', { notes: 'x'.repeat(2_000_000) }))
  expectTold(`PATCH ${org}/members/{id}`, await admin.patch(`/members/${id}`, { notes: 'a' }))
  expectTold(`PATCH ${org}/members/{id}`, await admin.patch(`/members/${id}`, { notes: 'b' }, { 'if-match': '"9"' }))
  expectTold(`POST ${org}/members/{id}/admit`, await admin.post(`/members/${id}/admit`))
  expectTold(`POST ${org}/members/{id}/admit`, await admin.post(`/members/${id}/admit`))
  expectTold(`POST ${org}/members/admit`, await admin.post('/members/admit', { ids: [id, crypto.randomUUID()] }))
  expectTold(`DELETE ${org}/members/{id}`, await admin.delete(`/members/${id}`))
  expectTold(`PATCH ${org}/members/{id}`, await admin.patch(`/members/${id}`, { notes: 'c' }))
  expectTold(`POST ${org}/members/{id}/restore`, await admin.post(`/members/${id}/restore`))
  expectTold(`POST ${org}/members/{id}/restore`, await admin.post(`/members/${id}/restore`))
})

test('invitations, sessions and addresses are as described', async () => {
  const admin = voices.get('admin')!
  const auth = '/api/v1/auth'
  const roles = (await admin.get('/roles?limit=1')).json().data.map((role: { id: string }) => role.id)
  const wanted = { email: 'told@people.example', name: 'Told', roles }
  const invited = await admin.post('/invitations', wanted)
  expectTold(`POST ${org}/invitations`, invited)
  expectTold(`POST ${org}/invitations`, await admin.post('/invitations', wanted))
  expectTold(`POST ${org}/invitations`, await admin.post('/invitations', {}))
  const { id } = invited.json()
  for (const act of ['resend', 'revoke', 'revoke'])
    expectTold(`POST ${org}/invitations/{id}/${act}`, await admin.post(`/invitations/${id}/${act}`))
  const link = `${auth}/invitations/${'A'.repeat(43)}`
  expectTold(`GET ${auth}/invitations/{token}`, await house.app.inject({ url: link }))
  expectTold(
    `POST ${auth}/invitations/{token}/accept`,
    await house.app.inject({ method: 'POST', url: `${link}/accept`, payload: { session: 'forever' } }),
  )
  expectTold(`GET ${auth}/sessions`, await admin.get(`${auth}/sessions`))
  expectTold(`DELETE ${auth}/sessions/{id}`, await admin.delete(`${auth}/sessions/7`))
  expectTold(`POST ${auth}/sessions/end-others`, await admin.post(`${auth}/sessions/end-others`, {}))
  expectTold(`POST ${auth}/email/change`, await admin.post(`${auth}/email/change`, { email: 'a@b.example' }))
  expectTold(`POST ${auth}/email/change`, await admin.post(`${auth}/email/change`, { email: 'a' }))
  expectTold(`POST ${auth}/email/verification`, await admin.post(`${auth}/email/verification`))
  expectTold(`POST ${auth}/email/confirm`, await admin.post(`${auth}/email/confirm`, { token: 'x' }))
  expectTold(`GET ${auth}/me`, await admin.get(`${auth}/me`))
})

test("the organization's own pages, reports, routes of modules and health are as described", async () => {
  const [admin, member] = [voices.get('admin')!, voices.get('member')!]
  for (const voice of [admin, member]) {
    expectTold(`GET ${org}/catalog`, await voice.get('/catalog'))
    expectTold(`GET ${org}/overview`, await voice.get('/overview'))
  }
  for (const format of ['json', 'csv', 'xlsx', 'pdf'])
    expectTold(`GET ${org}/reports/housing.vacancies`, await admin.get(`/reports/housing.vacancies?format=${format}`))
  expectTold(`GET ${org}/reports/housing.vacancies`, await admin.get('/reports/housing.vacancies?on=soon'))
  expectTold(`GET ${org}/reports/notebook.by-mood`, await admin.get('/reports/notebook.by-mood?least=1'))
  expectTold(`POST ${org}/notebook/echo/{word}`, await admin.post('/notebook/echo/hey?times=3', { loud: true }))
  expectTold(`POST ${org}/notebook/echo/{word}`, await admin.post('/notebook/echo/hey?times=many', { loud: 'yes' }))
  expect((await admin.post('/notebook/echo/hey?times=3', { loud: true })).json()).toEqual({ said: 'HEYHEYHEY' })
  for (const path of ['/health', '/health/ready', '/metrics', '/api/v1/openapi.json'])
    expectTold(`GET ${path}`, await house.app.inject({ url: path }))
})

test('second factors are as described', async () => {
  const auth = '/api/v1/auth'
  const officer = await house.as('officer@riverside.example')
  const { token } = officer
  const send = (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, payload?: object) =>
    officer.send({ method, url: `${auth}/${path}`, ...(payload ? { payload } : {}) })
  const told = async (operation: string, path: string, payload?: object) => {
    const [method] = operation.split(' ') as ['GET' | 'POST' | 'PATCH' | 'DELETE']
    const reply = await send(method, path, payload)
    expectTold(`${method} ${auth}/${operation.split(' ')[1]}`, reply)
    return reply
  }
  await told('GET factors', 'factors')
  const { authenticator, id } = await addPasskey(house.app, token)
  const { challenge, options } = (await told('POST passkeys/registration', 'passkeys/registration', {})).json()
  const credential = new Authenticator().create(options)
  await told('POST passkeys', 'passkeys', { challenge, credential, name: 'Key' })
  await told('POST passkeys', 'passkeys', { challenge, credential, name: 'Key' })
  await told('PATCH passkeys/{id}', `passkeys/${id}`, { name: 'Old laptop' })
  await told('PATCH passkeys/{id}', 'passkeys/7', { name: 'Old laptop' })
  await told('POST totp', 'totp', {})
  await told('POST totp/confirm', 'totp/confirm', { code: 'x' })
  await addApp(house.app, token)
  await told('POST recovery-codes', 'recovery-codes', {})
  await told('GET factors', 'factors')
  await told('POST passkey/challenge', 'passkey/challenge', {})
  await told('POST passkey/login', 'passkey/login', await showPasskey(house.app, authenticator))
  await told('POST passkey/login', 'passkey/login', await showPasskey(house.app, new Authenticator()))
  const login = { email: 'officer@riverside.example', password: castPassword }
  const { ticket } = (await told('POST login', 'login', login)).json()
  await told('POST second-factor', 'second-factor', { ticket, method: 'totp', code: 'x' })
  await told('POST second-factor', 'second-factor', {})
  await told('POST prove', 'prove', { method: 'password', password: castPassword })
  await told('POST prove', 'prove', { method: 'passkey', ...(await showPasskey(house.app, authenticator)) })
  await told('DELETE totp', 'totp')
  await told('DELETE passkeys/{id}', `passkeys/${id}`)
  await told('DELETE passkeys/{id}', `passkeys/${id}`)
})

test('roles, grants and what a person can do are as described', async () => {
  const [admin, staff] = [voices.get('admin')!, voices.get('staff')!]
  const people = (await admin.get('/users?limit=200')).json().data as { id: string; email: string }[]
  const { id } = people.find(({ email }) => email.startsWith('instructor@'))!
  expectTold(`GET ${org}/roles/matrix`, await admin.get('/roles/matrix'))
  expectTold(`GET ${org}/roles/matrix`, await staff.get('/roles/matrix'))
  expectTold(`GET ${org}/users/me/permissions`, await voices.get('member')!.get('/users/me/permissions'))
  expectTold(`GET ${org}/users/{id}/permissions`, await admin.get(`/users/${id}/permissions`))
  const made = await admin.post('/roles', { label: 'Clerk', permissions: { 'members.member.read': true } })
  expectTold(`POST ${org}/roles`, made)
  expectTold(`POST ${org}/roles`, await admin.post('/roles', { label: 'Clerk' }))
  expectTold(`POST ${org}/roles`, await admin.post('/roles', { label: 'X', permissions: { fly: true } }))
  const role = made.json().id as string
  expectTold(`PATCH ${org}/roles/{id}`, await admin.patch(`/roles/${role}`, { requires_second_factor: true }))
  expectTold(`PATCH ${org}/roles/{id}`, await admin.patch(`/roles/${role}`, { label: 'C' }, { 'if-match': '"9"' }))
  expectTold(`POST ${org}/users/{id}/grants`, await admin.post(`/users/${id}/grants`, { role }))
  expectTold(`GET ${org}/users/{id}/grants`, await admin.get(`/users/${id}/grants`))
  expectTold(`DELETE ${org}/roles/{id}`, await admin.delete(`/roles/${role}`))
  expectTold(`DELETE ${org}/users/{id}/grants/{role}`, await admin.delete(`/users/${id}/grants/${role}`))
  expectTold(`DELETE ${org}/users/{id}/grants/{role}`, await admin.delete(`/users/${id}/grants/${role}`))
  expectTold(`DELETE ${org}/roles/{id}`, await admin.delete(`/roles/${role}`))
  expectTold(`POST ${org}/users/{id}/disable`, await admin.post(`/users/${id}/disable`, {}))
  expectTold(`POST ${org}/users/{id}/enable`, await admin.post(`/users/${id}/enable`, {}))
  expectTold(`PATCH ${org}/users/{id}`, await admin.patch(`/users/${id}`, { own_record: null }))
  expectTold(`PATCH ${org}/users/{id}`, await admin.patch(`/users/${id}`, { own_record: 'x' }))
  expectTold(`DELETE ${org}/users/{id}`, await admin.delete(`/users/${id}`))
})

test('the description of a body allows what the server takes, and not what it refuses', async () => {
  const create = `POST ${org}/entries`
  for (const body of [
    { title: 'x' },
    { title: 'x', cost: '1.5', rate: '0.0001' },
    { title: 'x', mood: null, detail: [1] },
    { title: 'x', state: 'filed' },
  ]) {
    const { statusCode } = await voices.get('admin')!.post('/entries', body)
    expect([body, allows(create, body), statusCode]).toEqual([body, true, 201])
  }
  for (const body of [
    {},
    [],
    { title: 1 },
    { title: 'x', cost: 1.5 },
    { title: 'x', extra: 1 },
    { title: 'x', mood: 'sad' },
    { title: 'x', written_by: null },
    { title: 'x', score: 1001 },
  ]) {
    const { statusCode } = await voices.get('admin')!.post('/entries', body)
    expect([body, allows(create, body), statusCode]).toEqual([body, false, 422])
  }
  expect(allows(`PATCH ${org}/entries/{id}`, { title: 'x' })).toBe(true)
  expect(allows(`PATCH ${org}/entries/{id}`, { fixed: 'x' })).toBe(false)
  expect(allows(`POST ${org}/members/{id}/suspend`, {})).toBe(false)
  expect(allows(`POST ${org}/members/suspend`, { ids: [crypto.randomUUID()], reason: 'abc' })).toBe(true)
})

test('what was looked at is most of what there is to answer', () => {
  expect(seen.size).toBeGreaterThan(75)
})
