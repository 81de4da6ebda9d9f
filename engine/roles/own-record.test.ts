import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'

let house: TestHouse
let admin: Voice
let clerk: Voice
let clerkId: string
let roles: Map<string, string>
let member: string

beforeAll(async () => {
  house = await openHouse()
  admin = await house.as('admin@riverside.example')
  const people = (await admin.get('/users?limit=200')).json().data as { id: string; email: string }[]
  clerkId = people.find(({ email }) => email === 'organizer@riverside.example')?.id ?? ''
  const permissions = {
    'foundation.org_user.read': true,
    'foundation.org_user.update': true,
    'foundation.role.read': true,
    'foundation.invitation.read': true,
    'foundation.invitation.send': true,
    'members.member.read': true,
  }
  const { id } = (await admin.post('/roles', { label: 'Clerk', permissions })).json()
  expect((await admin.post(`/users/${clerkId}/grants`, { role: id })).statusCode).toBe(201)
  roles = new Map(
    (await admin.get('/roles?limit=200'))
      .json()
      .data.map(({ name, id: of }: { name: string; id: string }) => [name, of]),
  )
  clerk = await house.as('organizer@riverside.example')
  member = (await admin.get('/members?limit=1')).json().data[0].id
})
afterAll(() => house.close())

test('whoever may not read a birth date does not make a record their own to read it', async () => {
  expect((await clerk.get(`/members/${member}`)).json()).not.toHaveProperty('birth_on')
  const reply = await clerk.patch(`/users/${clerkId}`, { own_record: member })
  expect([reply.statusCode, reply.json().code]).toEqual([403, 'forbidden'])
  expect((await clerk.get(`/members/${member}`)).json()).not.toHaveProperty('birth_on')
})

test('nor gives it to an address that they invite', async () => {
  const body = { email: 'clerk@people.example', name: 'Clerk', roles: [roles.get('clerk')] }
  expect((await clerk.post('/invitations', { ...body, own_record: member })).statusCode).toBe(403)
  expect((await clerk.post('/invitations', body)).statusCode).toBe(201)
})

test('an admin, who may read all of it, links whom they like', async () => {
  expect((await admin.patch(`/users/${clerkId}`, { own_record: member })).statusCode).toBe(200)
  expect((await clerk.patch(`/users/${clerkId}`, { own_record: null })).statusCode).toBe(200)
})

test('an org has no more roles than are looked at when somebody gives them', async () => {
  await asOwner(
    house,
    `insert into foundation.role (org_id, name, label) select o.id, 'role-' || n, 'Role ' || n
    from foundation.org o, generate_series(1, 200) n where o.slug = 'riverside'`,
  )
  const reply = await admin.post('/roles', { label: 'One more' })
  expect([reply.statusCode, reply.json().code]).toEqual([409, 'conflict'])
})
