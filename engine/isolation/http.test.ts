import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, notebook, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'
import { mailedAndBounced } from '../mail/testing/bounced.ts'
import { put } from '../files/testing/put.ts'
import { harmless, operationsOf, shown } from './testing/operations.ts'
import { fillGovernance } from './testing/governance.ts'
import { fillMarketRecovery } from './testing/market-recovery.ts'
import { fillLedger } from './testing/ledger.ts'

let house: TestHouse
/** Riverside's admin, and somebody who has every right in Local 100 and none in Riverside. */
let home: Voice
let away: Voice
const ids = new Map<string, string>()

beforeAll(async () => {
  house = await openHouse({ modules: [notebook] })
  home = await house.as('admin@riverside.example')
  away = await house.as('admin@local-100.example')
  const [applicant] = (await home.get('/members?limit=1&filter[state]=applicant')).json().data
  await home.post(`/members/${applicant.id}/admit`)
  await home.post('/households', { name: 'Ortiz family' })
  await home.post('/api-keys', { name: 'Door', scopes: ['members.member.read'] })
  await home.post('/entries', { title: 'Home', code: 'H', about: applicant.id })
  const [role] = (await home.get('/roles?limit=1')).json().data
  await home.post('/invitations', { email: 'new@people.example', name: 'New', roles: [role.id] })
  const hook = { name: 'Newsletter', url: 'http://127.0.0.1:9009/', events: ['members.member.created'] }
  await home.post('/webhooks', hook)
  const me = (await home.get('/users?q=admin&limit=1')).json().data[0].id
  await home.post('/report-schedules', { report: 'housing.vacancies', every: 'week', day: 1, recipients: [me] })
  await mailedAndBounced(house, 'riverside')
  await fillLedger(house)
  await fillMarketRecovery(house)
  await fillGovernance(house)
  await put(house, { slug: 'riverside', name: 'card.txt', bytes: 'Card 7', record: applicant.id })
  for (const { path } of house.engine.registry.resources.values()) {
    const [first] = (await home.get(`/${path}?limit=1`)).json().data as { id: string }[]
    if (first) ids.set(path, first.id)
  }
})
afterAll(() => house.close())

/** What a reply says, without the number that tells one request from another. */
function told(reply: LightMyRequestResponse): unknown {
  const { request_id: _, ...rest } = reply.body ? reply.json<Record<string, unknown>>() : {}
  return [reply.statusCode, rest]
}

const nobody = () => crypto.randomUUID()
const shared = () => [...house.engine.registry.resources.values()].filter(({ module }) => module !== 'housing')

test('Riverside has a record of every kind', () => {
  expect([...house.engine.registry.resources.values()].filter(({ path }) => !ids.has(path))).toEqual([])
})

describe('to Local 100, a record of Riverside is one that does not exist', () => {
  test('to read, change, archive, restore or act on', async () => {
    for (const { path, name } of shared()) {
      const acts = Object.keys(house.engine.registry.workflows.get(name)?.transitions ?? {})
      const tries: ((id: string) => Promise<LightMyRequestResponse>)[] = [
        (id) => away.get(`/${path}/${id}`),
        (id) => away.patch(`/${path}/${id}`, {}),
        (id) => away.delete(`/${path}/${id}`),
        (id) => away.post(`/${path}/${id}/restore`),
        ...acts.map((act) => (id: string) => away.post(`/${path}/${id}/${act}`, {})),
      ]
      for (const one of tries) expect(told(await one(ids.get(path) ?? ''))).toEqual(told(await one(nobody())))
      expect((await away.get(`/${path}/${ids.get(path)}`)).statusCode).toBe(404)
    }
  })

  test('to act on among many: the reason is the same', async () => {
    const [stranger, unknown] = [ids.get('members') ?? '', nobody()]
    const { done, refused } = (await away.post('/members/admit', { ids: [stranger, unknown] })).json()
    expect(done).toEqual([])
    expect(refused[0].reason).toBe(refused[1].reason)
  })

  test('to point to, by any reference of any kind of record', async () => {
    const stranger = told(await away.post('/entries', { title: 'x', about: ids.get('members') }))
    expect(stranger).toEqual(told(await away.post('/entries', { title: 'x', about: nobody() })))
    expect(stranger).toMatchObject([422, { errors: [{ path: 'about', code: 'no_target' }] }])
  })

  test('to find by filter', async () => {
    for (const { path } of shared()) {
      const { data } = (await away.get(`/${path}?limit=200&filter[created_at][gt]=2000-01-01T00:00:00Z`)).json() as {
        data: { id: string }[]
      }
      expect(data.map(({ id }) => id)).not.toContain(ids.get(path))
    }
    expect((await away.get(`/audit?filter[record]=${ids.get('members')}`)).json().data).toEqual([])
    expect((await away.get(`/entries?filter[about]=${ids.get('members')}`)).json().data).toEqual([])
  })

  test('to export', async () => {
    const roll = (await home.get('/members/export')).body
    const others = (await away.get('/members/export')).body
    const cards = (csv: string) =>
      csv
        .split('\n')
        .slice(1)
        .map((line) => line.split(',')[0])
        .filter(Boolean)
    expect(cards(roll)).toHaveLength(60)
    expect(cards(others)).toHaveLength(240)
    expect(cards(others).filter((card) => cards(roll).includes(card))).toEqual([])
  })

  test('to find by searching', async () => {
    await home.patch(`/members/${ids.get('members')}`, { preferred_name: 'Quuxbert' })
    expect((await home.get('/members?q=quuxbert')).json().data).toHaveLength(1)
    expect((await away.get('/members?q=quuxbert&count=exact')).json()).toMatchObject({ data: [], total: 0 })
  })
})

test('no operation of Local 100 knows an id of Riverside from one that nobody has', async () => {
  const theirs = async (sql: string) =>
    (await asOwner<{ id: string }>(house, `select ${sql} and o.slug = 'riverside' limit 1`))[0]?.id ?? ''
  await asOwner(
    house,
    `insert into foundation.import (org_id, resource, file_name, state)
    select id, 'members.member', 'roll.csv', 'ready' from foundation.org where slug = 'riverside'`,
  )
  await asOwner(
    house,
    `insert into foundation.file_upload (org_id, uploaded_by, resource, record, name, size, store)
    select f.org_id, m.user_id, f.resource, f.record, 'b.txt', 5, 'disk'
    from foundation.file f join foundation.membership m on m.org_id = f.org_id limit 1`,
  )
  const known = new Map(ids)
    .set('uploads', await theirs('u.id from foundation.file_upload u, foundation.org o where o.id = u.org_id'))
    .set('imports', await theirs('i.id from foundation.import i, foundation.org o where o.id = i.org_id'))
    .set('users', await theirs('m.user_id as id from foundation.membership m, foundation.org o where o.id = m.org_id'))
  const switchedOff = ['units', 'occupancies']
  const asked = (await operationsOf(house.app)).filter(
    ({ path, method }) =>
      // What a protocol can do is the same everywhere.
      (method as string) !== 'OPTIONS' &&
      path.includes('{slug}') &&
      path.includes('{id}') &&
      !switchedOff.includes(shown(path).split('/')[1] ?? ''),
  )
  expect(asked.length).toBeGreaterThan(50)
  for (const operation of asked) {
    const place = shown(operation.path).split('/')[1] ?? ''
    const answer = async (id: string) => {
      const reply = await away.send(harmless(operation, 'local-100', new Map([[place, id]])))
      return JSON.stringify(told(reply)).replaceAll(id, 'it')
    }
    const [stranger, unknown] = [await answer(known.get(place) ?? ''), await answer(nobody())]
    expect([operation, stranger]).toEqual([operation, unknown])
    expect([operation, stranger]).toEqual([operation, expect.stringMatching(/^\[(404|409|422|403),/)])
  }
})

test('a page marker of one org is worth nothing in another', async () => {
  const { next } = (await home.get('/members?limit=1')).json().page
  expect((await away.get(`/members?limit=1&after=${next}`)).json()).toMatchObject({ status: 400, code: 'bad_cursor' })
})

test("an Idempotency-Key of one org does not open another one's reply", async () => {
  const key = { 'idempotency-key': 'same-in-both' }
  const [first, second] = [
    await home.post('/households', { name: 'Key' }, key),
    await away.post('/households', { name: 'Key' }, key),
  ]
  expect([first.statusCode, second.statusCode]).toEqual([201, 201])
  expect(first.json().id).not.toBe(second.json().id)
})

test('one person in two orgs has one key in each', async () => {
  const both = await house.as('staff@local-100.example')
  await house.engine.database.bare('select 1')
  expect((await both.post('/households', { name: 'Mine' }, { 'idempotency-key': 'k' })).statusCode).toBe(201)
  const officer = await house.as('officer@local-100.example')
  expect((await officer.post('/households', { name: 'Theirs' }, { 'idempotency-key': 'k' })).json().name).toBe('Theirs')
})

describe('an org that one does not belong to', () => {
  test('answers on every address as one that does not exist', async () => {
    const paths = [...house.engine.registry.resources.values()].flatMap(({ path }) => [
      `/${path}`,
      `/${path}/${nobody()}`,
      `/${path}/export`,
    ])
    for (const path of [...paths, '/catalog', '/overview', '/reports/housing.vacancies']) {
      const stranger = told(await away.get(`/api/v1/orgs/riverside${path}`))
      expect(stranger).toEqual(told(await away.get(`/api/v1/orgs/nowhere${path}`)))
      expect(stranger).toMatchObject([404, { code: 'not_found' }])
    }
  })

  test('cannot be written to', async () => {
    const before = (await home.get('/households?count=exact')).json().total
    const reply = await away.post('/api/v1/orgs/riverside/households', { name: 'Intruders' })
    expect(told(reply)).toEqual(told(await away.post('/api/v1/orgs/nowhere/households', { name: 'Intruders' })))
    expect((await home.get('/households?count=exact')).json().total).toBe(before)
  })

  test('shows neither its people nor its roles nor its trail', async () => {
    const [users, roles, audit] = await Promise.all(
      ['users', 'roles', 'audit'].map(async (path) => (await away.get(`/${path}?limit=200`)).body),
    )
    for (const body of [users, roles, audit]) expect(body).not.toMatch(/riverside/i)
    expect(JSON.parse(users ?? '').data).toHaveLength(9)
  })
})

test('a module that an org has switched off answers like one that is not there', async () => {
  expect(told(await away.get('/units'))).toMatchObject([404, { code: 'not_found' }])
  expect(told(await away.get('/units/export'))).toEqual(told(await away.get('/reports/housing.vacancies')))
})
