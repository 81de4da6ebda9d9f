import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, asServer, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'

let house: TestHouse
let admin: Voice
let officer: Voice
let staff: Voice
const roles = new Map<string, string>()
const people = new Map<string, string>()

beforeAll(async () => {
  house = await openHouse()
  ;[admin, officer, staff] = (await Promise.all(
    ['admin', 'officer', 'staff'].map((who) => house.as(`${who}@riverside.example`)),
  )) as [Voice, Voice, Voice]
  for (const { id, name } of (await admin.get('/roles')).json().data) roles.set(name, id)
  for (const { id, email } of (await admin.get('/users?limit=200')).json().data) people.set(email.split('@')[0], id)
})
afterAll(() => house.close())

const role = (name: string) => `/roles/${roles.get(name)}`
const person = (who: string) => `/users/${people.get(who)}`
const setRole = (name: string, permissions: object, by = admin) => by.patch(role(name), { permissions })
const give = (who: string, name: string, by = admin) =>
  by.post(`${person(who)}/grants`, { role: roles.get(name) ?? crypto.randomUUID() })
const take = (who: string, name: string, by = admin) => by.delete(`${person(who)}/grants/${roles.get(name)}`)
const make = async (body: object) => {
  const reply = await admin.post('/roles', body)
  expect(reply.statusCode, reply.body).toBe(201)
  roles.set(reply.json().name, reply.json().id)
  return reply.json()
}

describe('a role', () => {
  test('may do more from the next request on, and as at the start when that is taken back', async () => {
    const archive = () => staff.delete(`/members/${crypto.randomUUID()}`)
    expect((await archive()).statusCode).toBe(403)
    const changed = await setRole('staff', { 'members.member.archive': true })
    expect([changed.statusCode, changed.json().changes]).toEqual([200, { 'members.member.archive': true }])
    expect((await archive()).statusCode).toBe(404)
    expect((await setRole('staff', { 'members.member.archive': null })).json().changes).toEqual({})
    expect((await archive()).statusCode).toBe(403)
  })

  test('keeps only what differs from the start', async () => {
    const reply = await setRole('staff', { 'members.member.read': true, 'members.member.archive': false })
    expect(reply.json().changes).toEqual({})
  })

  test('takes no permission that nobody declares, and nothing but yes, no and null', async () => {
    const reply = await setRole('staff', { 'members.member.fly': true, 'members.member.read': 'yes' })
    expect([reply.statusCode, reply.json().errors.map((one: { path: string }) => one.path)]).toEqual([
      422,
      ['permissions.members.member.fly', 'permissions.members.member.read'],
    ])
    expect((await admin.patch(role('staff'), { permissions: [true] })).statusCode).toBe(422)
    expect((await admin.patch(role('staff'), { changes: {} })).statusCode).toBe(422)
  })

  test('is not changed over what somebody else has changed meanwhile', async () => {
    const { version } = (await admin.get(role('organizer'))).json()
    await admin.patch(role('organizer'), { label: 'Field organizer' }, { 'if-match': `"${version}"` })
    const late = await admin.patch(role('organizer'), { label: 'Late' }, { 'if-match': `"${version}"` })
    expect([late.statusCode, late.json().code]).toEqual([412, 'stale'])
  })

  test('begins as a copy of another, and can then be given, renamed, and deleted when nobody has it', async () => {
    const made = await make({ label: 'Front desk', copy_of: roles.get('staff') })
    expect(made).toMatchObject({ name: 'front-desk', label: 'Front desk', changes: { 'members.member.create': true } })
    expect((await give('instructor', 'front-desk')).statusCode).toBe(201)
    const instructor = await house.as('instructor@riverside.example')
    expect((await instructor.get('/members')).statusCode).toBe(200)
    const held = await admin.delete(role('front-desk'))
    expect([held.statusCode, held.json().detail]).toEqual([409, 'One person has this role. Take it from them first.'])
    expect((await admin.patch(role('front-desk'), { label: 'Reception' })).json().label).toBe('Reception')
    expect((await take('instructor', 'front-desk')).statusCode).toBe(204)
    expect((await instructor.get('/members')).statusCode).toBe(403)
    expect((await admin.delete(role('front-desk'))).statusCode).toBe(204)
  })

  test('has a name of its own', async () => {
    const reply = await admin.post('/roles', { label: 'staff' })
    expect([reply.statusCode, reply.json().errors[0].path]).toEqual([409, 'label'])
  })

  test('that every org has is not deleted', async () => {
    for (const name of ['admin', 'member']) expect((await admin.delete(role(name))).statusCode).toBe(409)
  })

  test('is not written by those who may only read it, nor with old proof', async () => {
    expect((await setRole('staff', {}, officer)).statusCode).toBe(403)
    const stale = await house.as('admin@riverside.example')
    await asOwner(
      house,
      `update foundation.session set proved_at = now() - interval '11 minutes' where id = (
        select s.id from foundation.session s join foundation.user u on u.id = s.user_id
        where u.email = 'admin@riverside.example' order by s.id desc limit 1)`,
    )
    for (const reply of [
      await setRole('staff', {}, stale),
      await give('staff', 'officer', stale),
      await stale.post(`${person('staff')}/disable`, {}),
      await stale.delete(person('staff')),
    ])
      expect([reply.statusCode, reply.json().code]).toEqual([403, 'proof_needed'])
  })

  test('can ask for a second factor, which acts on the next request', async () => {
    await admin.patch(role('treasurer'), { requires_second_factor: true })
    const treasurer = await house.as('treasurer@riverside.example')
    expect((await treasurer.get('/members')).json().code).toBe('second_factor_missing')
    await admin.patch(role('treasurer'), { requires_second_factor: false })
    expect((await treasurer.get('/members')).statusCode).toBe(200)
  })
})

describe('nobody hands out more than they have', () => {
  const powers = {
    'foundation.role.read': true,
    'foundation.role.update': true,
    'foundation.grant.create': true,
    'foundation.role.create': true,
  }

  test('neither to a role, nor with one, nor in a copy', async () => {
    await setRole('staff', powers)
    const beyond = await setRole('organizer', { 'members.member.archive': true }, staff)
    expect([beyond.statusCode, beyond.json().detail]).toEqual([
      403,
      'You can only give what you may do yourself. You lack: Members: archive and restore.',
    ])
    expect((await setRole('staff', { 'members.member.archive': true }, staff)).statusCode).toBe(403)
    expect((await give('staff', 'admin', staff)).statusCode).toBe(403)
    expect((await staff.post('/roles', { label: 'Deputy', copy_of: roles.get('admin') })).statusCode).toBe(403)
    expect((await setRole('organizer', { 'members.member.read': true }, staff)).statusCode).toBe(200)
    await setRole('organizer', { 'members.member.read': null })
  })

  test('nor do they act on somebody who may do more', async () => {
    await setRole('staff', { 'foundation.grant.delete': true, 'foundation.org_user.update': true })
    expect((await take('officer', 'officer', staff)).statusCode).toBe(403)
    expect((await staff.post(`${person('officer')}/disable`, {})).statusCode).toBe(403)
    await setRole(
      'staff',
      Object.fromEntries(Object.keys((await admin.get(role('staff'))).json().changes).map((one) => [one, null])),
    )
  })

  test('and admins can still give back what they have taken from themselves', async () => {
    expect((await setRole('admin', { 'members.member.export': false })).statusCode).toBe(200)
    expect((await admin.get('/members/export')).statusCode).toBe(403)
    expect((await setRole('admin', { 'members.member.export': null })).statusCode).toBe(200)
    expect((await admin.get('/members/export')).statusCode).toBe(200)
  })
})

describe('somebody always stays who can put things right', () => {
  test('the admin role keeps what makes an admin', async () => {
    const reply = await setRole('admin', { 'foundation.role.update': false })
    expect([reply.statusCode, reply.json().code]).toEqual([409, 'conflict'])
  })

  test('the last admin cannot lose the role, be disabled or removed', async () => {
    for (const reply of [
      await take('admin', 'admin'),
      await admin.post(`${person('admin')}/disable`, {}),
      await admin.delete(person('admin')),
    ])
      expect([reply.statusCode, reply.json().detail]).toEqual([
        409,
        expect.stringMatching(/^This is the last admin who can sign in/),
      ])
    expect((await admin.get('/roles')).statusCode).toBe(200)
  })

  test('of two admins who remove each other at once, one stays', async () => {
    for (let round = 0; round < 5; round += 1) {
      const names = ['treasurer', 'staff'] as const
      const maple = new Map<string, Voice>()
      for (const who of ['admin', ...names]) maple.set(who, await house.as(`${who}@maple-court.example`))
      const first = maple.get('admin') as Voice
      const list = (await first.get('/users?limit=200')).json().data as { id: string; email: string }[]
      const idOf = (who: string) => list.find(({ email }) => email.startsWith(`${who}@`))?.id
      const top = (await first.get('/roles')).json().data.find((one: { name: string }) => one.name === 'admin').id
      for (const who of names)
        expect((await first.post(`/users/${idOf(who)}/grants`, { role: top })).statusCode).toBe(201)
      const [one, other] = names.map((who) => maple.get(who)) as [Voice, Voice]
      await one.delete(`/users/${idOf('admin')}/grants/${top}`)
      const replies = await Promise.all([
        one.delete(`/users/${idOf('staff')}/grants/${top}`),
        other.delete(`/users/${idOf('treasurer')}/grants/${top}`),
      ])
      expect(replies.map(({ statusCode }) => statusCode).toSorted((one, other) => one - other)).toEqual([204, 403])
      const left = replies[0].statusCode === 204 ? one : other
      expect((await left.post(`/users/${idOf('admin')}/grants`, { role: top })).statusCode).toBe(201)
      for (const who of names) await first.delete(`/users/${idOf(who)}/grants/${top}`)
    }
  })

  test('whatever the server is made to say: the database refuses too', async () => {
    const [{ org, user: id, session } = { org: '', user: '', session: '' }] = await asOwner<Record<string, string>>(
      house,
      `select o.id as org, u.id as user, s.id as session from foundation.org o, foundation.user u
      join foundation.session s on s.user_id = u.id and s.ended_at is null
      where o.slug = 'riverside' and u.email = 'admin@riverside.example' limit 1`,
    )
    const asAdmin = (sql: string, ...values: unknown[]) =>
      asServer(
        house,
        org,
        `select ${sql}
        from (select set_config('app.user', '${id}', true), set_config('app.session', '${session}', true)) _`,
        values,
      )
    const admins = roles.get('admin')
    await expect(asAdmin('foundation.take_role($1, $2)', id, admins)).rejects.toMatchObject({ code: 'CH409' })
    await expect(asAdmin('foundation.end_membership($1)', id)).rejects.toMatchObject({ code: 'CH409' })
    await expect(asAdmin('foundation.set_membership_disabled($1, true)', id)).rejects.toMatchObject({ code: 'CH409' })
    await expect(
      asAdmin(`foundation.change_role($1, 'Admin', '{"foundation.role.update": false}', false)`, admins),
    ).rejects.toMatchObject({ code: '23514' })
    await expect(
      asServer(house, org, 'select foundation.give_role($1, $2)', [id, admins]),
      'with nobody acting',
    ).rejects.toMatchObject({ code: 'CH401' })
    for (const call of [
      `give_role('${id}', '${admins}')`,
      `make_service_account('Door')`,
      `invite('e@x.example', 'E', array['${admins}']::uuid[], null)`,
    ])
      await expect(
        asServer(house, org, `select foundation.${call} from (select set_config('app.user', '${id}', true)) _`),
        'in the name of an admin, without their session',
      ).rejects.toMatchObject({ code: expect.stringMatching(/^(CH401|42501)$/) })
    await expect(asServer(house, org, 'select id from foundation.session')).rejects.toMatchObject({ code: '42501' })
    expect((await asAdmin('foundation.delete_role($1)', admins)).rows[0]).toEqual({ delete_role: false })
  })
})
