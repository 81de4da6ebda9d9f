import { afterAll, beforeAll, expect, test } from 'vitest'
import { asOwner, openHouse, type TestHouse, type Voice, voiceOf, workshop } from '@commonhall/engine/testing'
import { defineModule, own, Refusal } from '@commonhall/kernel'
import { catalog } from '@commonhall/modules/catalog'
import { registryOf } from '../boot.ts'
import { inviteAsHouse } from '../invitations/invite-as-house.ts'
import { mailTo, tokenIn } from '../invitations/testing/post-office.ts'

const kind = 'workshop.shop'
let house: TestHouse
let admin: Voice
let clerk: Voice
let ash: string
let birch: string
const people = new Map<string, string>()

beforeAll(async () => {
  house = await openHouse({ modules: [workshop] })
  await house.engine.startWork()
  admin = await house.as('admin@local-100.example')
  for (const { id, email } of (await admin.get('/users?limit=200')).json().data) people.set(email.split('@')[0], id)
  ;[ash, birch] = (await Promise.all(['Ash', 'Birch'].map((name) => admin.post('/shops', { name })))).map(
    (reply) => reply.json().id,
  ) as [string, string]
  const permissions = {
    'foundation.org_user.read': true,
    'foundation.org_user.update': true,
    'workshop.shop.read': true,
  }
  const { id } = (await admin.post('/roles', { label: 'Clerk', permissions })).json()
  await admin.post(`/users/${people.get('organizer')}/grants`, { role: id })
  clerk = await house.as('organizer@local-100.example')
})
afterAll(() => house.close())

const tie = (who: string, shop: string | null, by = admin) =>
  by.patch(`/users/${people.get(who)}`, { stands_for: { [kind]: shop } })

/** Takes up the invitation of the newest mail. */
async function accept(email: string): Promise<Voice> {
  const mail = await mailTo(house, email)
  const url = `/api/v1/auth/invitations/${tokenIn(mail)}/accept`
  const reply = await house.app.inject({ method: 'POST', url, payload: { password: 'Blue-Kettle-42' } })
  expect(reply.statusCode, reply.body).toBe(200)
  return voiceOf(house.app, reply.json().access_token, 'local-100')
}

test('a person is invited for a shop with no role at all, and is told so', async () => {
  const body = { email: 'ash@shops.example', name: 'Ann Ash', stands_for: { [kind]: ash } }
  const reply = await admin.post('/invitations', body)
  expect([reply.statusCode, reply.json()]).toMatchObject([201, { roles: '', stands_for: 'Ash' }])
  const ann = await accept(body.email)
  expect((await mailTo(house, body.email)).plain).toContain('Ash')
  expect((await ann.get('/shops')).json().data).toMatchObject([{ id: ash }])
  expect((await ann.get('/catalog')).json().actor).toMatchObject({ roles: [], parties: { [kind]: ash } })
  expect((await ann.get('/users/me/permissions')).json().person.stands_for).toEqual([
    { resource: kind, id: ash, title: 'Ash', resting: false },
  ])
})

test('without a role and without a shop nobody is invited', async () => {
  const asked = [{}, { roles: [] }, { stands_for: {} }, { stands_for: { [kind]: null } }]
  for (const more of asked) {
    const reply = await admin.post('/invitations', { email: 'no@shops.example', name: 'No', ...more })
    expect([reply.statusCode, reply.json().errors]).toMatchObject([422, [{ path: 'roles' }]])
  }
})

test.each([
  ['a kind that nobody can stand for', { 'members.member': crypto.randomUUID() }, 422],
  ['a shop that is not there', { [kind]: crypto.randomUUID() }, 404],
  ['what is no id', { [kind]: 'Ash' }, 422],
  ['a list', [kind], 422],
])('nobody stands for %s', async (_what, stands, code) => {
  const body = { email: 'none@shops.example', name: 'None', stands_for: stands }
  expect((await admin.post('/invitations', body)).statusCode).toBe(code)
  expect((await admin.patch(`/users/${people.get('officer2')}`, { stands_for: stands })).statusCode).toBe(code)
})

test('an admin says whom a person stands for: it holds from the next request on, and stands in the trail', async () => {
  const member = await house.as('member@local-100.example')
  expect((await member.get('/slips')).statusCode).toBe(403)
  expect((await tie('member', ash)).json()).toMatchObject({ stands_for: 'Ash' })
  expect((await member.get('/slips')).statusCode).toBe(200)
  expect((await tie('member', birch)).json()).toMatchObject({ stands_for: 'Birch' })
  expect((await member.get('/shops')).json().data).toMatchObject([{ id: birch }])
  expect((await tie('member', null)).json()).toMatchObject({ stands_for: null })
  expect((await member.get('/slips')).statusCode).toBe(403)
  const { data } = (
    await admin.get(`/audit?filter[record]=${people.get('member')}&filter[act]=stand-for&sort=at`)
  ).json()
  expect(data.map(({ changes }: { changes: Record<string, unknown> }) => changes['stands_for'])).toEqual([
    [null, 'Ash'],
    ['Ash', 'Birch'],
    ['Birch', null],
  ])
})

test('their own record on the roll is left as it is', async () => {
  const own = async () => (await admin.get(`/users/${people.get('member')}`)).json().own_record
  const before = await own()
  await tie('member', ash)
  expect([before, await own()]).toEqual([expect.any(String), before])
  await tie('member', null)
})

test('nobody hands out what they may not do themselves, nor makes it their own', async () => {
  for (const who of ['organizer', 'instructor']) expect((await tie(who, ash, clerk)).statusCode).toBe(403)
  expect((await tie('organizer', null, clerk)).statusCode).toBe(200)
})

test('it is decided with fresh proof', async () => {
  await asOwner(house, "update foundation.session set proved_at = now() - interval '1 hour'")
  const reply = await tie('member', ash)
  expect([reply.statusCode, reply.json().code]).toEqual([403, 'proof_needed'])
  await asOwner(house, 'update foundation.session set proved_at = now()')
})

test('a key of such a person opens nothing by it', async () => {
  await tie('staff', ash)
  const staff = await house.as('staff@local-100.example')
  const explained = async () => (await staff.get('/users/me/permissions')).json()
  expect((await explained()).person.stands_for).toHaveLength(1)
  await asOwner(
    house,
    `update foundation.session s set scopes = '{members.member.read}', only_org = (select id from foundation.org
      where slug = 'local-100') from foundation.user u where u.id = s.user_id and u.email = 'staff@local-100.example'`,
  )
  expect((await staff.get('/slips')).statusCode).toBe(403)
})

test('what a person may do tells what they may with what is theirs', async () => {
  await tie('instructor', ash)
  const { modules } = (await admin.get(`/users/${people.get('instructor')}/permissions`)).json()
  const all = modules.flatMap((module: { things: { permissions: object[] }[] }) =>
    module.things.flatMap((thing) => thing.permissions),
  ) as { permission: string; allowed: string }[]
  const allowed = (permission: string) => all.find((one) => one.permission === permission)?.allowed
  expect(['workshop.slip.send', 'workshop.slip.settle', 'members.member.read'].map(allowed)).toEqual([
    'own',
    'no',
    'no',
  ])
})

test('a person who leaves stands for nobody when they come back', async () => {
  await tie('officer2', ash)
  await admin.delete(`/users/${people.get('officer2')}`)
  const [left] = await asOwner<{ n: number }>(
    house,
    'select count(*)::integer as n from foundation.membership_party where user_id = $1',
    [people.get('officer2')],
  )
  expect(left?.n).toBe(0)
})

test('the house invites for a shop by its name, and again with a new link', async () => {
  const wanted = {
    org: 'local-100',
    email: 'birch@shops.example',
    name: 'Bea',
    standsFor: { resource: kind, record: 'birch' },
  }
  expect(await inviteAsHouse(house, wanted)).toMatchObject({ email: wanted.email })
  await inviteAsHouse(house, wanted)
  const { data } = (await admin.get('/invitations?filter[email]=birch@shops.example')).json()
  expect(data).toMatchObject([{ stands_for: 'Birch', roles: '', state: 'pending' }])
  const lost = inviteAsHouse(house, { ...wanted, standsFor: { resource: kind, record: 'Cedar' } })
  await expect(lost).rejects.toThrow('There is no shop called "Cedar" there.')
  await expect(inviteAsHouse(house, { ...wanted, standsFor: { resource: 'a.b', record: '' } })).rejects.toThrow(Refusal)
})

test('an invitation gives nothing of a shop that has been archived meanwhile', async () => {
  const { id } = (await admin.post('/shops', { name: 'Cedar' })).json()
  const email = 'cedar@shops.example'
  await admin.post('/invitations', { email, name: 'Cid', stands_for: { [kind]: id } })
  await admin.delete(`/shops/${id}`)
  const cid = await accept(email)
  expect((await cid.get('/shops')).statusCode).toBe(403)
  expect((await tie('member', id)).statusCode).toBe(409)
})

test('every resource that people can stand for is kept true by the database', async () => {
  const kinds = [...registryOf([...catalog, workshop]).resources.values()].filter(({ party }) => party)
  const kept = await asOwner<{ name: string }>(
    house,
    `select split_part(encode(tgargs, 'escape'), '\\000', 1) as name from pg_trigger
    where tgfoid = 'foundation.tell_parties'::regproc`,
  )
  expect(kept.map(({ name }) => name).toSorted()).toEqual(kinds.map(({ name }) => name).toSorted())
})

test('a rule for people of what nobody can stand for is refused at boot, and a report that opens to them', () => {
  const odd = (more: object) => () => registryOf([...catalog, workshop, defineModule({ ...bare, ...more })])
  const bare = { name: 'odd', label: 'Odd', purpose: '', icon: 'note', folder: import.meta.dirname } as const
  expect(odd({ rules: { 'workshop.job.close': own('shop', 'members.member') } })).toThrow('nobody can stand for')
  const metric = { name: 'odd.slips', label: 'Slips', unit: 'count', rule: 'workshop.slip.read', value: () => 0 }
  expect(odd({ metrics: [metric] })).toThrow('looks at all records')
})
