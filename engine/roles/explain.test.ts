import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { asOwner, openHouse, type TestHouse, type Voice } from '@commonhall/engine/testing'

interface Explained {
  permission: string
  label: string
  allowed: 'yes' | 'own' | 'no'
  because: { label: string; as: string; changed: { by: string | null } | null }[]
  taken: { label: string }[]
  through: string[]
  fresh: boolean
}

interface Explanation {
  person: { name: string; own_record: { resource: string } | null }
  roles: { label: string }[]
  second_factor_required_by: string[]
  modules: { label: string; things: { label: string; permissions: Explained[] }[] }[]
}

let house: TestHouse
let admin: Voice
beforeAll(async () => {
  house = await openHouse()
  admin = await house.as('admin@riverside.example')
})
afterAll(() => house.close())

const idOf = async (who: string) =>
  (await admin.get('/users?limit=200')).json().data.find((one: { email: string }) => one.email.startsWith(`${who}@`)).id

const explained = async (who: string, voice = admin) =>
  (await voice.get(`/users/${await idOf(who)}/permissions`)).json() as Explanation

const orgModules = "select modules from foundation.org where slug = 'riverside'"

const one = ({ modules }: Explanation, permission: string) =>
  modules
    .flatMap(({ things }) => things)
    .flatMap(({ permissions }) => permissions)
    .find((each) => each.permission === permission) as Explained

describe('what a person can do, and why', () => {
  test('is told of every permission of the modules that are on', async () => {
    const told = (await explained('staff')).modules.flatMap(({ things }) =>
      things.flatMap((thing) => thing.permissions),
    )
    const [org] = await asOwner<{ modules: string[] }>(house, orgModules)
    const isOn = (one: string) => ['foundation', ...(org?.modules ?? [])].includes(one.split('.')[0] ?? '')
    expect(told.map(({ permission }) => permission).toSorted()).toEqual(
      [...house.engine.registry.rules.keys()].filter(isOn).toSorted(),
    )
    expect(told.filter(({ label }) => !/^[A-Z]/.test(label))).toEqual([])
  })

  test('names the role that gives it, and who would have to be asked where none does', async () => {
    const all = await explained('staff')
    expect(one(all, 'members.member.read')).toMatchObject({
      label: 'See',
      allowed: 'yes',
      because: [{ label: 'Staff', as: 'default', changed: null }],
    })
    expect(one(all, 'members.member.archive')).toMatchObject({
      label: 'Archive and restore',
      allowed: 'no',
      because: [],
      through: ['Admin', 'Officer'],
    })
    expect(one(all, 'foundation.grant.create')).toMatchObject({ fresh: true })
  })

  test('says which the organization has changed, who did, and what was taken', async () => {
    const [staff] = (await admin.get('/roles')).json().data.filter(({ name }: { name: string }) => name === 'staff')
    await admin.patch(`/roles/${staff.id}`, {
      permissions: { 'members.member.archive': true, 'members.household.create': false },
    })
    const all = await explained('staff')
    const { name } = (await admin.get(`/users/${await idOf('admin')}`)).json()
    expect(one(all, 'members.member.archive').because).toMatchObject([{ as: 'changed', changed: { by: name } }])
    expect(one(all, 'members.household.create')).toMatchObject({ allowed: 'no', taken: [{ label: 'Staff' }] })
    await admin.patch(`/roles/${staff.id}`, {
      permissions: { 'members.member.archive': null, 'members.household.create': null },
    })
  })

  test('tells a member what is open of their own record alone', async () => {
    const member = await house.as('member@riverside.example')
    const mine = (await member.get('/users/me/permissions')).json() as Explanation
    expect(mine.person.own_record).toMatchObject({ resource: 'members.member' })
    expect(one(mine, 'members.member.read')).toMatchObject({ allowed: 'own' })
    expect(one(mine, 'housing.unit.read')).toMatchObject({ allowed: 'yes', because: [{ label: 'Member' }] })
    expect((await member.get(`/users/${await idOf('staff')}/permissions`)).statusCode).toBe(403)
  })

  test('agrees with what the server does, permission by permission', async () => {
    for (const who of ['admin', 'officer', 'treasurer', 'staff', 'organizer', 'instructor', 'member']) {
      const voice = await house.as(`${who}@riverside.example`)
      const all = (await voice.get('/users/me/permissions')).json() as Explanation
      const { resources } = (await voice.get('/catalog')).json()
      for (const resource of ['members.member', 'members.household', 'housing.unit', 'foundation.role']) {
        expect([who, resource, one(all, `${resource}.read`).allowed !== 'no']).toEqual([
          who,
          resource,
          resource in resources,
        ])
      }
    }
  })
})

test('the matrix says what each role may do, what can be changed and why not', async () => {
  const officer = await house.as('officer@riverside.example')
  const { roles, modules, can } = (await officer.get('/roles/matrix')).json()
  expect(roles.map(({ label }: { label: string }) => label)).toEqual([
    'Admin',
    'Officer',
    'Treasurer',
    'Staff',
    'Organizer',
    'Instructor',
    'Member',
  ])
  expect(can.create).toMatch(/Your role does not include this/)
  const known = modules.flatMap((module: { things: { permissions: object[] }[] }) =>
    module.things.flatMap(({ permissions }) => permissions),
  )
  const find = (permission: string) => known.find((each: { permission: string }) => each.permission === permission)
  expect(find('foundation.role.update')).toMatchObject({
    label: 'Change',
    defaults: ['admin'],
    fixed: { admin: expect.stringMatching(/^Admins always keep this/) },
    yours: expect.stringMatching(/cannot give it to others/),
  })
  expect(find('members.member.change-standing')).toMatchObject({ yours: true, fixed: {} })
  expect(find('members.member.change-standing').label).toMatch(/^[A-Z][a-z, ]+$/)
})
