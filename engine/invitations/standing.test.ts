import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { demoHost } from '../demo/world.ts'
import { asOwner, asServer, cast, openHouse, type TestHouse, type Voice } from '../testing/index.ts'
import { mailTo, rolesOf, tokenIn } from './testing/post-office.ts'

let house: TestHouse
let admin: Voice
let roles: Record<string, string>

beforeAll(async () => {
  house = await openHouse()
  await house.engine.startWork()
  admin = await house.as(cast.admin)
  roles = await rolesOf(admin)
})
afterAll(() => house.close())
beforeEach(() => asOwner(house, 'delete from foundation.sign_in_attempt'))

let number = 0
const somebody = () => `standing${(number += 1)}@people.example`
const password = 'Blue-Kettle-42'
const accept = (token: string) =>
  house.app.inject({ method: 'POST', url: `/api/v1/auth/invitations/${token}/accept`, payload: { password } })
const invite = (voice: Voice, email: string, role = 'admin') =>
  voice.post('/invitations', { email, name: 'Nora Field', roles: [roles[role]] })
const stateOf = async (email: string) =>
  (await admin.get(`/invitations?filter[email]=${email}`)).json().data.map(({ state }: { state: string }) => state)

/** Somebody with the role of staff who has been made an admin of Local 100. */
async function madeAdmin(): Promise<{ id: string; voice: Voice }> {
  const voice = await house.as(cast.staff)
  const { id } = (await admin.get(`/users?filter[state]=active&limit=200`))
    .json()
    .data.find((one: { email: string }) => one.email === cast.staff)
  await admin.post(`/users/${id}/grants`, { role: roles['admin'] })
  return { id, voice }
}

test('who is no admin any more comes back through no invitation that they have sent before', async () => {
  const [email, { id, voice }] = [somebody(), await madeAdmin()]
  expect((await invite(voice, email)).statusCode).toBe(201)
  const token = tokenIn(await mailTo(house, email))
  expect(await stateOf(email)).toEqual(['pending'])
  expect((await admin.delete(`/users/${id}/grants/${roles['admin']}`)).statusCode).toBe(204)
  expect(await stateOf(email)).toEqual(['revoked'])
  const reply = await accept(token)
  expect([reply.statusCode, reply.json().code]).toEqual([410, 'invitation_revoked'])
})

test('an invitation of somebody who is erased since is not the house’s own', async () => {
  const [email, inviter] = [somebody(), somebody()]
  expect((await invite(admin, inviter)).statusCode).toBe(201)
  await accept(tokenIn(await mailTo(house, inviter)))
  expect((await invite(await house.as(inviter, 'local-100'), email)).statusCode).toBe(201)
  const token = tokenIn(await mailTo(house, email))
  await asOwner(house, 'delete from foundation.user where email = $1', [inviter])
  expect(await stateOf(email)).toEqual(['revoked'])
  expect((await accept(token)).json().code).toBe('invitation_revoked')
})

test('of those whom a host invites one becomes the first admin, and no other after them', async () => {
  const host = await house.as(demoHost.email)
  const base = '/api/v1/host/orgs'
  await host.post(base, { slug: 'harbor-annex', name: 'Harbor Annex', kind: 'union-local' })
  const [alias, first] = [somebody(), somebody()]
  for (const email of [alias, first])
    expect((await host.post(`${base}/harbor-annex/invite-admin`, { email, name: 'Nora' })).statusCode).toBe(200)
  const [link, other] = [tokenIn(await mailTo(house, first)), tokenIn(await mailTo(house, alias))]
  expect((await accept(link)).statusCode).toBe(200)
  const reply = await accept(other)
  expect([reply.statusCode, reply.json().code]).toEqual([410, 'invitation_revoked'])
})

test('a host who is none any more has invited nobody', async () => {
  const host = await house.as(demoHost.email)
  await host.post('/api/v1/host/orgs', { slug: 'harbor-north', name: 'Harbor North', kind: 'union-local' })
  const email = somebody()
  await host.post('/api/v1/host/orgs/harbor-north/invite-admin', { email, name: 'Nora' })
  const token = tokenIn(await mailTo(house, email))
  const isHost = (value: boolean) =>
    asOwner(house, 'update foundation.user set is_host = $1 where email = $2', [value, demoHost.email])
  await isHost(false)
  expect((await accept(token)).json().code).toBe('invitation_revoked')
  await isHost(true)
  expect((await accept(token)).statusCode).toBe(200)
})

test('a statement that somebody slips in invites nobody in the name of the house', async () => {
  const [{ org } = { org: '' }] = await asOwner<{ org: string }>(
    house,
    `select id as org from foundation.org where slug = 'local-100'`,
  )
  const sql = `select foundation.invite('${somebody()}', 'E', array['${roles['admin'] ?? ''}']::uuid[], null)`
  await expect(asServer(house, org, sql)).rejects.toMatchObject({ code: '42501' })
})
