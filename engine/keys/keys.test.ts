import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { asOwner, cast, openHouse, type TestHouse, type Voice, voiceOf } from '@commonhall/engine/testing'
import { hashKey, isKey } from './api-key.ts'

let house: TestHouse
let admin: Voice
let n = 0

beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())
beforeEach(async () => {
  admin = await house.as(cast.admin)
})

const reading = ['members.member.read']

/** A key that the admin makes, and a voice that speaks with it. */
async function newKey(wanted: Record<string, unknown> = {}): Promise<{ id: string; key: string; voice: Voice }> {
  const reply = await admin.post('/api-keys', { name: `Key ${++n}`, scopes: reading, ...wanted })
  expect(reply.statusCode, reply.body).toBe(201)
  const { id, key } = reply.json()
  return { id, key, voice: voiceOf(house.app, key, 'local-100') }
}

async function serviceAccount(...roles: string[]): Promise<string> {
  const { data } = (await admin.get('/roles')).json() as { data: { id: string; name: string }[] }
  const ids = data.filter(({ name }) => roles.includes(name)).map(({ id }) => id)
  const reply = await admin.post('/service-accounts', { name: 'n8n flows', roles: ids })
  expect(reply.statusCode, reply.body).toBe(201)
  return reply.json().id
}

describe('a key', () => {
  test('opens what its scopes say, and nothing else', async () => {
    const { voice } = await newKey()
    expect((await voice.get('/members?limit=1')).statusCode).toBe(200)
    for (const path of ['/households', '/audit', '/users', '/members/export?format=pdf']) {
      expect([path, (await voice.get(path)).statusCode]).toEqual([path, path.includes('export') ? 422 : 403])
    }
    expect((await voice.post('/members', {})).statusCode).toBe(403)
    expect((await voice.post('/api-keys', { name: 'x', scopes: reading })).statusCode).toBe(403)
  })

  test('is nobody in other orgs, in what is for people, and in the host console', async () => {
    const both = await newKey()
    await asOwner(
      house,
      `insert into foundation.membership (org_id, user_id)
      select o.id, u.id from foundation.org o, foundation.user u where o.slug = 'local-200' and u.email = $1`,
      [cast.admin],
    )
    expect((await both.voice.get('/api/v1/orgs/local-200/members')).statusCode).toBe(404)
    for (const path of ['/api/v1/auth/me', '/api/v1/auth/sessions', '/api/v1/auth/factors'])
      expect([path, (await both.voice.get(path)).statusCode]).toEqual([path, 401])
    expect((await both.voice.post('/api/v1/auth/logout', {})).statusCode).toBe(401)
    expect((await both.voice.get('/api/v1/host/orgs')).statusCode).toBeGreaterThanOrEqual(401)
  })

  test('is shown once: neither the list, a repeated request, the trail nor a table has it again', async () => {
    const body = { name: 'Shown once', scopes: reading }
    const again = { 'idempotency-key': 'shown-once' }
    const first = (await admin.post('/api-keys', body, again)).json()
    expect(isKey(first.key)).toBe(true)
    expect(first.key.startsWith(`${first.prefix}_`)).toBe(true)
    const second = (await admin.post('/api-keys', body, again)).json()
    expect([second.id, second.key]).toEqual([first.id, undefined])
    const secret = first.key.slice(first.prefix.length + 1)
    const told = [
      await admin.get('/api-keys'),
      await admin.get(`/api-keys/${first.id}`),
      await admin.get('/audit?limit=200'),
    ]
    for (const reply of told) expect(reply.body).not.toContain(secret)
    const tables = await asOwner<{ name: string }>(
      house,
      `select format('%I.%I', table_schema, table_name) as name from information_schema.tables
      where table_schema in ('foundation', 'queue') and table_type = 'BASE TABLE'`,
    )
    for (const { name } of tables) {
      const [row] = await asOwner<{ n: number }>(
        house,
        `select count(*)::integer as n from ${name} t where to_jsonb(t)::text like '%' || $1 || '%'`,
        [secret],
      )
      expect([name, row?.n]).toEqual([name, 0])
    }
    const [kept] = await asOwner<{ n: number }>(
      house,
      'select count(*)::integer as n from foundation.key_secret where secret_hash = $1',
      [hashKey(first.key)],
    )
    expect(kept?.n).toBe(1)
  })

  test('that is revoked opens nothing from the next request on', async () => {
    const { id, voice } = await newKey()
    expect((await voice.get('/members?limit=1')).statusCode).toBe(200)
    expect((await admin.delete(`/api-keys/${id}`)).statusCode).toBe(204)
    expect((await voice.get('/members?limit=1')).statusCode).toBe(401)
    expect((await admin.get(`/api-keys/${id}`)).json().state).toBe('revoked')
    expect((await admin.delete(`/api-keys/${id}`)).statusCode).toBe(404)
  })

  test('that has run out opens nothing, and is said to have', async () => {
    const { id, voice } = await newKey({ expires_on: '2099-12-31' })
    expect((await voice.get('/members?limit=1')).statusCode).toBe(200)
    await asOwner(
      house,
      `with k as (update foundation.issued_key set expires_at = now() where id = $1 returning session_id)
      update foundation.session set expires_at = now() where id in (select session_id from k)`,
      [id],
    )
    expect((await voice.get('/members?limit=1')).statusCode).toBe(401)
    expect((await admin.get(`/api-keys/${id}`)).json().state).toBe('expired')
  })

  test('does no more than its owner may now', async () => {
    const owner = await serviceAccount('staff')
    const { voice } = await newKey({ owner, scopes: ['members.member.read', 'members.member.create'] })
    const person = { card_number: 'key-1', first_name: 'Ella', last_name: 'Bloor' }
    expect((await voice.post('/members', person)).statusCode).toBe(201)
    const { data } = (await admin.get(`/users/${owner}/grants`)).json()
    expect((await admin.delete(`/users/${owner}/grants/${data[0].role}`)).statusCode).toBe(204)
    expect((await voice.post('/members', { ...person, card_number: 'key-2' })).statusCode).toBe(403)
    expect((await admin.delete(`/users/${owner}`)).statusCode).toBe(204)
    expect((await voice.get('/members')).statusCode).toBe(401)
  })

  test('that ended with all sessions of its owner is said to be over', async () => {
    const { id, voice } = await newKey({ expires_on: '2099-12-31' })
    await asOwner(
      house,
      `select foundation.end_session(k.session_id, 'password-reset', null, null)
      from foundation.issued_key k where k.id = $1`,
      [id],
    )
    expect((await voice.get('/members?limit=1')).statusCode).toBe(401)
    expect((await admin.get(`/api-keys/${id}`)).json().state).toBe('revoked')
    const { data } = (await admin.get('/api-keys?filter[state]=active&limit=200')).json() as { data: { id: string }[] }
    expect(data.map((row) => row.id)).not.toContain(id)
  })

  test('leaves its name in the trail, and when it was last used', async () => {
    const owner = await serviceAccount('staff')
    const { id, voice } = await newKey({ owner, scopes: ['members.household.create', 'members.household.read'] })
    const made = await voice.post('/households', { name: 'By key' })
    expect(made.statusCode).toBe(201)
    const { data } = (await admin.get(`/audit?filter[record]=${made.json().id}`)).json()
    expect(data[0]).toMatchObject({ actor: owner, actor_name: 'n8n flows', via: 'key' })
    const { last_used_at: at, last_used_from: from } = (await admin.get(`/api-keys/${id}`)).json()
    expect([typeof at, from]).toEqual(['string', '127.0.0.1'])
  })

  test('that is none is 401, however it looks', async () => {
    const { key } = await newKey()
    const tries = [
      `${key}x`,
      key.slice(0, -1),
      key.toUpperCase(),
      key.replace('chk_', 'chk-'),
      `chk_aaaaaaaa_${'a'.repeat(43)}`,
    ]
    for (const one of tries)
      expect([one, (await voiceOf(house.app, one, 'local-100').get('/members')).statusCode]).toEqual([one, 401])
  })
})

describe('making a key', () => {
  test('needs fresh proof, and the right to', async () => {
    await asOwner(house, "update foundation.session set proved_at = now() - interval '11 minutes'")
    const stale = await admin.post('/api-keys', { name: 'x', scopes: reading })
    expect([stale.statusCode, stale.json().code]).toEqual([403, 'proof_needed'])
    const officer = await house.as(cast.officer)
    expect((await officer.post('/api-keys', { name: 'x', scopes: reading })).json().code).toBe('forbidden')
  })

  test.each([
    ['nothing', { scopes: [] }, 'scopes', 'no_scopes'],
    ['what nobody knows', { scopes: ['members.member.fly'] }, 'scopes', 'unknown_scope'],
    ['a module that is off', { scopes: ['housing.unit.read'] }, 'scopes', 'unknown_scope'],
    ['what is for people', { scopes: ['foundation.grant.create'] }, 'scopes', 'person_only'],
    ['what its owner may not', { scopes: ['members.member.archive'], owner: true }, 'scopes', 'beyond'],
    ['another person', { owner: 'officer' }, 'owner', 'owner'],
    ['a day that has passed', { expires_on: '2020-01-01' }, 'expires_on', 'past'],
  ])('is refused for %s', async (_what, wanted: Record<string, unknown>, path, code) => {
    const owner =
      wanted['owner'] === true
        ? await serviceAccount('staff')
        : wanted['owner'] === 'officer'
          ? (await admin.get('/users?q=officer&limit=1')).json().data[0].id
          : undefined
    const reply = await admin.post('/api-keys', {
      name: 'x',
      scopes: reading,
      ...wanted,
      ...(owner ? { owner } : { owner: null }),
    })
    expect(reply.statusCode, reply.body).toBe(422)
    expect(reply.json().errors[0]).toMatchObject({ path, code })
  })
})

test('a service account that is shut out gets no key, and is told apart from the last admin', async () => {
  const owner = await serviceAccount('staff')
  expect((await admin.post(`/users/${owner}/disable`, {})).statusCode).toBe(200)
  const reply = await admin.post('/api-keys', { name: 'x', scopes: reading, owner })
  expect(reply.statusCode, reply.body).toBe(422)
  expect(reply.json().errors[0]).toMatchObject({ path: 'owner', code: 'owner' })
})

test('what no key may do is marked where permissions are told in words', async () => {
  const { modules } = (await admin.get('/users/me/permissions')).json() as {
    modules: { things: { permissions: { permission: string; people_only: boolean }[] }[] }[]
  }
  const told = modules.flatMap(({ things }) => things.flatMap(({ permissions }) => permissions))
  const marked = told.filter((one) => one.people_only).map(({ permission }) => permission)
  expect(marked).toContain('foundation.grant.create')
  const reply = await admin.post('/api-keys', { name: 'x', scopes: marked })
  expect(reply.json().errors.map(({ code }: { code: string }) => code)).toEqual(marked.map(() => 'person_only'))
})

describe('the limit of a key', () => {
  test('is told with every reply, and refuses with when to come again', async () => {
    const { voice } = await newKey({ per_minute: 3 })
    const left = []
    for (let tries = 0; tries < 3; tries += 1) {
      const reply = await voice.get('/members?limit=1')
      expect(reply.headers['ratelimit-policy']).toBe('"key";q=3;w=60')
      left.push(/r=(\d+);t=\d+$/.exec(String(reply.headers['ratelimit']))?.[1])
    }
    expect(left).toEqual(['2', '1', '0'])
    const over = await voice.get('/members?limit=1')
    expect([over.statusCode, over.json().code]).toEqual([429, 'too_many'])
    expect(Number(over.headers['retry-after'])).toBeGreaterThan(0)
    expect(over.headers['ratelimit']).toMatch(/^"key";r=0;t=\d+$/)
    expect((await (await newKey()).voice.get('/members?limit=1')).statusCode).toBe(200)
    expect((await admin.get('/members?limit=1')).headers['ratelimit']).toBeUndefined()
  })
})
