import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { House } from './boot.ts'
import { asOwner, openHouse, type TestHouse, voiceOf, type Voice } from '@commonhall/engine/testing'

let house: TestHouse
/** Another server on the same database, with a memory of its own. */
let twin: House
let staff: Voice
/** The same session at the other server. */
let there: Voice
let id: string
const email = 'staff@riverside.example'

beforeAll(async () => {
  house = await openHouse()
  twin = await house.twin()
  const app = await twin.server()
  staff = await house.as(email)
  there = voiceOf(app, staff.token, 'riverside')
})
afterAll(async () => {
  await twin.close()
  await house.close()
})

const sql = (text: string) =>
  asOwner(
    house,
    text
      .replaceAll('$user', `(select id from foundation.user where email = '${email}')`)
      .replaceAll('$org', "(select id from foundation.org where slug = 'riverside')"),
  )
const grantTo = (role: string) =>
  sql(`insert into foundation.grant (org_id, user_id, role_id)
  select $org, $user, id from foundation.role where org_id = $org and name = '${role}' on conflict do nothing`)

/** Everybody has just asked for everything, so that whatever is remembered is remembered. */
beforeEach(async () => {
  await grantTo('staff')
  for (const voice of [staff, there]) {
    id = (await voice.get('/members?limit=1')).json().data[0].id
    await voice.get('/catalog')
  }
})

const kinds: readonly [string, (voice: Voice) => Promise<{ statusCode: number }>][] = [
  ['a list', (voice) => voice.get('/members')],
  ['a record', (voice) => voice.get(`/members/${id}`)],
  ['a change', (voice) => voice.patch(`/members/${id}`, { notes: 'x' })],
  ['a new record', (voice) => voice.post('/households', { name: `H ${crypto.randomUUID()}` })],
  ['an export', (voice) => voice.get('/members/export')],
  ['a report', (voice) => voice.get('/reports/housing.vacancies')],
]

const places: readonly [string, () => Voice][] = [
  ['here', () => staff],
  ['at another server', () => there],
]

describe.each(places)('on the very next request, %s,', (_where, voice) => {
  test.each(kinds)('a role taken away closes %s', async (_what, ask) => {
    expect((await ask(voice())).statusCode).toBeLessThan(300)
    await sql('delete from foundation.grant where user_id = $user')
    expect((await ask(voice())).statusCode).toBe(403)
  })

  test.each(kinds)('a role given opens %s', async (_what, ask) => {
    await sql('delete from foundation.grant where user_id = $user')
    expect((await ask(voice())).statusCode).toBe(403)
    await grantTo('staff')
    expect((await ask(voice())).statusCode).toBeLessThan(300)
  })

  test('a right that the org takes from a role is gone, and one that it gives is there', async () => {
    const change = (changes: object) =>
      sql(`update foundation.role set changes = '${JSON.stringify(changes)}' where org_id = $org and name = 'staff'`)
    await change({ 'members.member.read': false, 'members.member.archive': true })
    expect((await voice().get('/members')).statusCode).toBe(403)
    await change({ 'members.member.archive': true })
    expect((await voice().delete(`/members/${id}`, { 'if-match': '"9999"' })).statusCode).toBe(412)
    await change({})
    expect((await voice().delete(`/members/${id}`, { 'if-match': '"9999"' })).statusCode).toBe(403)
  })

  test('the catalog tells the rights of now', async () => {
    const readable = async () => Object.keys((await voice().get('/catalog')).json().resources)
    expect(await readable()).toContain('members.member')
    await sql('delete from foundation.grant where user_id = $user')
    expect(await readable()).not.toContain('members.member')
  })
})

describe.each(places)('on the very next request, %s, of the org', (_where, voice) => {
  test('a module switched off is gone, and back when switched on', async () => {
    await sql("update foundation.org set modules = '{members}' where id = $org")
    expect((await voice().get('/units')).statusCode).toBe(404)
    expect((await voice().get('/catalog')).json().modules.map(({ name }: { name: string }) => name)).not.toContain(
      'housing',
    )
    await sql("update foundation.org set modules = '{members,housing}' where id = $org")
    expect((await voice().get('/units')).statusCode).toBe(200)
  })

  test('somebody who is no longer of the org is a stranger', async () => {
    await sql('delete from foundation.membership where user_id = $user')
    for (const path of ['/members', '/catalog', '/overview', '/members/export', '/nothing'])
      expect((await voice().get(path)).statusCode).toBe(404)
    await sql('insert into foundation.membership (org_id, user_id) values ($org, $user)')
  })

  test('an org that is suspended is closed to all', async () => {
    await sql('update foundation.org set suspended_at = now() where id = $org')
    const closed = await voice().get('/members')
    expect([closed.statusCode, closed.json().code]).toEqual([403, 'org_suspended'])
    await sql('update foundation.org set suspended_at = null where id = $org')
    expect((await voice().get('/members')).statusCode).toBe(200)
  })

  test('who is disabled is out, and in again when enabled', async () => {
    await sql('update foundation.user set disabled_at = now() where id = $user')
    for (const [, ask] of kinds) expect((await ask(voice())).statusCode).toBe(401)
    for (const path of ['/catalog', '/members?limit=nonsense', '/wizards/7/export'])
      expect([401, 404]).toContain((await voice().get(path)).statusCode)
    expect((await voice().get('/catalog')).statusCode).toBe(401)
    await sql('update foundation.user set disabled_at = null where id = $user')
    expect((await voice().get('/members')).statusCode).toBe(200)
  })
})

test('who is asked for while rights keep changing is told to come again, and nothing is half done', async () => {
  const officer = await house.as('officer@riverside.example')
  const stop = new AbortController()
  const stir = (async () => {
    while (!stop.signal.aborted) await asOwner(house, "update foundation.org set name = name where slug = 'riverside'")
  })()
  const replies = await Promise.all(
    Array.from({ length: 40 }, (_, n) => officer.post('/households', { name: `Stirred ${n}` })),
  )
  stop.abort()
  await stir
  const done = replies.filter(({ statusCode }) => statusCode === 201)
  expect(replies.filter(({ statusCode }) => ![201, 503].includes(statusCode))).toEqual([])
  expect((await officer.get('/households?q=Stirred&count=exact')).json().total).toBe(done.length)
})

test('a session that has ended opens nothing at any server, and tells nothing of mistakes in a request', async () => {
  await sql('update foundation.session set ended_at = now() where user_id = $user')
  for (const voice of [staff, there]) {
    for (const [, ask] of kinds) expect((await ask(voice)).statusCode).toBe(401)
    for (const path of ['/catalog', '/overview', '/members?limit=nonsense', '/members/7', '/audit'])
      expect((await voice.get(path)).statusCode, path).toBe(401)
    expect((await voice.post('/households', { nonsense: 1 })).statusCode).toBe(401)
  }
})
