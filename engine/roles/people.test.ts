import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, openHouse, type TestHouse, type Voice, voiceOf } from '@commonhall/engine/testing'

let house: TestHouse
let admin: Voice
let officer: Voice
const roles = new Map<string, string>()
const people = new Map<string, string>()

beforeAll(async () => {
  house = await openHouse()
  admin = await house.as('admin@riverside.example')
  officer = await house.as('officer@riverside.example')
  for (const { id, name } of (await admin.get('/roles')).json().data) roles.set(name, id)
  for (const { id, email } of (await admin.get('/users?limit=200')).json().data) people.set(email.split('@')[0], id)
})
afterAll(() => house.close())

const person = (who: string) => `/users/${people.get(who)}`
const give = (who: string, name: string, by = admin) =>
  by.post(`${person(who)}/grants`, { role: roles.get(name) ?? crypto.randomUUID() })
const take = (who: string, name: string, by = admin) => by.delete(`${person(who)}/grants/${roles.get(name)}`)

describe('a person', () => {
  test('has roles with who gave them and when', async () => {
    await give('instructor', 'organizer')
    const { data, can } = (await officer.get(`${person('instructor')}/grants`)).json()
    expect(data.at(-1)).toMatchObject({ label: 'Organizer', granted_by: people.get('admin') })
    expect(data.at(-1).granted_by_name).toBeTruthy()
    expect(can.create).toMatch(/Your role does not include this/)
    await take('instructor', 'organizer')
    const again = await take('instructor', 'organizer')
    expect([again.statusCode, again.json().detail]).toEqual([404, 'This person does not have this role.'])
  })

  test('who is disabled is a stranger to this org alone, until they are let in again', async () => {
    const email = 'treasurer@riverside.example'
    const [treasurer, elsewhere] = [
      await house.as(email),
      voiceOf(house.app, (await house.as(email)).token, 'local-100'),
    ]
    await asOwner(
      house,
      `insert into foundation.membership (org_id, user_id) select o.id, u.id from foundation.org o, foundation.user u
      where o.slug = 'local-100' and u.email = $1`,
      [email],
    )
    const orgs = async () =>
      (await treasurer.get('/api/v1/auth/me')).json().orgs.map(({ slug }: { slug: string }) => slug)
    expect(await orgs()).toEqual(['local-100', 'riverside'])
    const reply = await admin.post(`${person('treasurer')}/disable`, {})
    expect(reply.json()).toMatchObject({ state: 'disabled' })
    expect((await treasurer.get('/catalog')).statusCode).toBe(404)
    expect((await elsewhere.get('/catalog')).statusCode).toBe(200)
    expect(await orgs()).toEqual(['local-100'])
    expect((await admin.post(`${person('treasurer')}/enable`, {})).json().state).toBe('active')
    expect((await treasurer.get('/catalog')).statusCode).toBe(200)
  })

  test('is linked to one record of the roll, and nobody else to the same', async () => {
    const [one] = (await admin.get('/members?limit=1')).json().data
    const linked = await admin.patch(person('instructor'), { own_record: one.id })
    expect([linked.statusCode, linked.json().own_record]).toEqual([200, one.id])
    const instructor = await house.as('instructor@riverside.example')
    expect((await instructor.get('/members')).json().data).toHaveLength(1)
    expect((await admin.patch(person('organizer'), { own_record: one.id })).statusCode).toBe(409)
    expect((await admin.patch(person('organizer'), { own_record: crypto.randomUUID() })).statusCode).toBe(404)
    expect((await admin.patch(person('instructor'), { own_record: null })).json().own_record).toBeNull()
    expect((await instructor.get('/members')).statusCode).toBe(403)
  })

  test('who is removed is gone from this org, and still signed in', async () => {
    const organizer = await house.as('organizer@riverside.example')
    expect((await admin.delete(person('organizer'))).statusCode).toBe(204)
    expect((await organizer.get('/catalog')).statusCode).toBe(404)
    expect((await organizer.get('/api/v1/auth/me')).json().orgs).toEqual([])
    expect((await admin.get(person('organizer'))).statusCode).toBe(404)
  })

  test('has a history of roles, of being shut out and let in, of leaving', async () => {
    const acts = async (who: string) =>
      (await admin.get(`/audit?filter[record]=${people.get(who)}&sort=at&filter[via][ne]=seed`))
        .json()
        .data.map(({ act }: { act: string }) => act)
    expect(await acts('instructor')).toEqual(['grant-role', 'take-role', 'link-record', 'link-record'])
    expect(await acts('treasurer')).toEqual(['disable', 'enable'])
    expect(await acts('organizer')).toEqual(['take-role', 'leave'])
  })
})

test('a role taken away acts at once, at two servers with fifty requests on their way', async () => {
  const twin = await house.twin()
  const there = await twin.server()
  const busy = await house.as('staff@riverside.example')
  const ask = [busy, voiceOf(there, busy.token, 'riverside')] as const
  for (const voice of ask) expect((await voice.get('/members?limit=1')).statusCode).toBe(200)
  const send = () => Array.from({ length: 25 }, (_, n) => ask[n % 2 ? 1 : 0].get('/members?limit=1'))
  const before = send()
  expect((await take('staff', 'staff')).statusCode).toBe(204)
  const after = send()
  const statuses = async (sent: typeof after) => (await Promise.all(sent)).map(({ statusCode }) => statusCode)
  expect((await statuses(before)).filter((status) => status !== 200 && status !== 403)).toEqual([])
  expect((await statuses(after)).filter((status) => status !== 403)).toEqual([])
  await give('staff', 'staff')
  await twin.close()
})
