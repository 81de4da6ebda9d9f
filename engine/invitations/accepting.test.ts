import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { Browser } from '../sign-in/testing/browser.ts'
import { journal } from '../sign-in/testing/owner.ts'
import { asOwner, cast, castPassword, openHouse, type TestHouse, type Voice, voiceOf } from '../testing/index.ts'
import { inviteAsHouse } from './invite-as-house.ts'
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

const password = 'Blue-Kettle-42'
const auth = '/api/v1/auth'
let number = 0
const somebody = () => `guest${(number += 1)}@people.example`
const path = (token: string) => `${auth}/invitations/${token}/accept`
const accept = (token: string, payload: object = { password }, headers: Record<string, string> = {}) =>
  house.app.inject({ method: 'POST', url: path(token), payload, headers })

/** Invites, and opens the mail. */
async function linkFor(email: string, more: object = {}, voice = admin): Promise<string> {
  const body = { email, name: 'Nora Field', roles: [roles['staff']], ...more }
  const reply = await voice.post('/invitations', body)
  expect(reply.statusCode, reply.body).toBe(201)
  return tokenIn(await mailTo(house, email))
}

const auditOf = async (record: string) =>
  (await admin.get(`/audit?filter[record]=${record}&sort=at`))
    .json()
    .data.map((line: { act: string; actor_name: string; via: string }) => [line.act, line.actor_name, line.via])

describe('somebody new', () => {
  test('gets an account with a confirmed address, belongs to the org with the roles, and is signed in', async () => {
    const email = somebody()
    const reply = await accept(await linkFor(email, { roles: [roles['staff'], roles['instructor']] }))
    expect(reply.statusCode).toBe(200)
    const { user, orgs, access_token } = reply.json()
    expect(user).toEqual({ id: user.id, email, name: 'Nora Field', is_host: false, email_verified: true })
    expect(orgs).toMatchObject([{ slug: 'local-100', roles: ['instructor', 'staff'] }])
    const nora = voiceOf(house.app, access_token, 'local-100')
    expect((await nora.get('/members')).statusCode).toBe(200)
    expect((await nora.get('/roles')).statusCode).toBe(403)
    const signedIn = await house.app.inject({ method: 'POST', url: `${auth}/login`, payload: { email, password } })
    expect(signedIn.statusCode).toBe(200)
  })

  test('may choose another name, and comes in by cookies in a browser, which is then known', async () => {
    const email = somebody()
    const browser = new Browser(house.app)
    const token = await linkFor(email)
    const reply = await browser.post(path(token), { name: ' Nora  Fields ', password, session: 'cookie' })
    expect(reply.json()).toMatchObject({ expires_in: 900, user: { name: 'Nora  Fields' } })
    expect([...browser.cookies.keys()].toSorted()).toEqual([
      '__Host-access',
      '__Host-csrf',
      '__Host-device',
      '__Host-refresh',
    ])
    expect((await browser.get('/api/v1/orgs/local-100/members')).statusCode).toBe(200)
  })

  test.each([
    ['none', {}, 'required'],
    ['a short one', { password: 'short' }, 'too_short'],
    ['a common one', { password: 'Password123!' }, 'too_common'],
    ["the org's name", { password: 'Local-100-2026!' }, 'too_personal'],
    ['the name', { password: 'Norafield-2026!' }, 'too_personal'],
  ])('is told what is wrong with a password (%s), and the link stays good', async (_what, body, code) => {
    const token = await linkFor(somebody())
    const reply = await accept(token, body)
    expect([reply.statusCode, reply.json().errors]).toEqual([
      422,
      [{ path: 'password', code, message: reply.json().detail }],
    ])
    expect((await accept(token)).statusCode).toBe(200)
  })

  test.each([
    ['a name of nothing', { name: ' ' }],
    ['a name of two lines', { name: 'a\nb' }],
    ['a name that cannot be stored', { name: 'a\u0000b' }],
    ['what is not asked for', { roles: ['admin'] }],
    ['another kind of session', { session: 'forever' }],
  ])('is refused with %s', async (_what, body) => {
    expect((await accept(await linkFor(somebody()), { password, ...body })).statusCode).toBe(422)
  })

  test('is tied to their own record, unless somebody else has been in the meantime', async () => {
    const [first] = (await admin.get('/members?limit=1&sort=-card_number')).json().data
    const [nora, late] = [somebody(), somebody()]
    const link = await linkFor(nora, { own_record: first.id })
    const lateLink = await linkFor(late, { own_record: first.id })
    const { access_token, user } = (await accept(link)).json()
    const { data } = (await voiceOf(house.app, access_token, 'local-100').get('/members?limit=1')).json()
    expect(data).toHaveLength(1)
    expect((await admin.get(`/users/${user.id}`)).json().own_record).toBe(first.id)
    const lateUser = (await accept(lateLink)).json().user
    expect((await admin.get(`/users/${lateUser.id}`)).json().own_record).toBeNull()
    const body = { email: somebody(), name: 'N', roles: [roles['member']] }
    expect((await admin.post('/invitations', { ...body, own_record: first.id })).statusCode).toBe(409)
    expect((await admin.post('/invitations', { ...body, own_record: crypto.randomUUID() })).statusCode).toBe(404)
  })

  test('is in the audit trail: joined by themselves, roles given by who invited', async () => {
    const email = somebody()
    const token = await linkFor(email)
    const { user } = (await accept(token)).json()
    const [invitation] = (await admin.get(`/invitations?filter[email]=${email}`)).json().data
    expect(invitation).toMatchObject({ state: 'accepted', accepted_by: user.id })
    expect(await auditOf(invitation.id)).toEqual([
      ['create', 'Ada Okafor', 'api'],
      ['accept', 'Nora Field', 'api'],
    ])
    expect(await auditOf(user.id)).toEqual([
      ['join', 'Nora Field', 'api'],
      ['grant-role', 'Nora Field', 'api'],
    ])
    const grants = (await admin.get(`/users/${user.id}/grants`)).json().data
    expect(grants).toMatchObject([{ name: 'staff', granted_by_name: 'Ada Okafor' }])
    const what = (await journal(house, 2)).map((line) => line.what)
    expect(what).toEqual(['signed-in', 'invitation-accepted'])
  })

  test('of 20 tries with one link side by side one makes one account', async () => {
    const email = somebody()
    const token = await linkFor(email)
    const replies = await Promise.all(Array.from({ length: 20 }, () => accept(token)))
    expect(replies.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1)
    const others = replies.filter(({ statusCode }) => statusCode !== 200)
    expect(new Set(others.map((reply) => reply.json().code))).toEqual(new Set(['invitation_accepted']))
    const [count] = await asOwner<{ people: number; sessions: number }>(
      house,
      `select count(distinct u.id)::integer as people, count(s.id)::integer as sessions
      from foundation.user u left join foundation.session s on s.user_id = u.id where u.email = $1`,
      [email],
    )
    expect(count).toEqual({ people: 1, sessions: 1 })
  })

  test('invited by two orgs at once gets one account, and signs in to accept the other', async () => {
    const email = somebody()
    const coop = await house.as('admin@riverside.example')
    const one = await linkFor(email)
    await coop.post('/invitations', { email, name: 'Nora', roles: [(await rolesOf(coop))['member']] })
    const other = tokenIn(await mailTo(house, email, 2))
    const replies = await Promise.all([accept(one), accept(other)])
    expect(replies.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 401])
    const [done, left] = replies[0].statusCode === 200 ? [replies[0], other] : [replies[1], one]
    const joined = await accept(left, {}, { authorization: `Bearer ${done.json().access_token}` })
    expect(joined.statusCode).toBe(200)
    const me = await voiceOf(house.app, done.json().access_token, '').get(`${auth}/me`)
    expect(me.json().orgs).toHaveLength(2)
  })
})

describe('somebody who has an account', () => {
  test('must be signed in to it: reading the mail is not enough, nor is another sign-in', async () => {
    const token = await linkFor(cast.stranger)
    const shown = await house.app.inject({ url: `${auth}/invitations/${token}` })
    expect(shown.json().has_account).toBe(true)
    const other = (await house.as(cast.coopStaff)).token
    const headers = [{}, { authorization: `Bearer ${other}` }, { authorization: 'Bearer nonsense' }]
    for (const one of headers) {
      const reply = await accept(token, { password }, one)
      expect([reply.statusCode, reply.json().code, reply.headers['www-authenticate']]).toEqual([
        401,
        'sign_in_first',
        'Bearer',
      ])
      expect(reply.json().detail).toContain(cast.stranger)
    }
    const mine = await house.as(cast.stranger)
    expect((await mine.get('/api/v1/orgs/local-100/members')).statusCode).toBe(404)
    const reply = await accept(token, {}, { authorization: `Bearer ${mine.token}` })
    expect(reply.json()).toEqual({
      org: { slug: 'local-100', name: 'Harbor Trades Local 100', accent: 'blue' },
    })
    expect((await mine.get('/api/v1/orgs/local-100/members')).statusCode).toBe(200)
    expect((await accept(token, {}, { authorization: `Bearer ${mine.token}` })).json().code).toBe('invitation_accepted')
  })

  test('keeps their password and name; by cookie only with the CSRF token', async () => {
    const token = await linkFor(cast.coopMember)
    const browser = new Browser(house.app)
    await browser.logIn(cast.coopMember, castPassword)
    const forged = await browser.post(path(token), {}, { 'x-csrf-token': 'forged' })
    expect([forged.statusCode, forged.json().code]).toEqual([403, 'csrf'])
    expect((await browser.post(path(token), { name: 'Else', password })).statusCode).toBe(200)
    expect((await browser.get(`${auth}/me`)).json().user.name).toBe('Max Moreau')
    expect((await new Browser(house.app).logIn(cast.coopMember, castPassword)).statusCode).toBe(200)
  })
})

test('whom the house itself invites comes in, with roles that nobody gave but the house', async () => {
  const email = somebody()
  const wanted = { org: 'local-100', email, name: 'First Admin', role: 'admin' }
  const { link } = await inviteAsHouse(house, wanted)
  const token = /\/invitation\/([\w-]{43})$/.exec(link ?? '')![1]!
  const shown = await house.app.inject({ url: `${auth}/invitations/${token}` })
  expect(shown.json().invited_by).toBe('Commonhall')
  const { user, orgs } = (await accept(token)).json()
  expect(orgs).toMatchObject([{ slug: 'local-100', roles: ['admin'] }])
  expect((await admin.get(`/users/${user.id}/grants`)).json().data).toMatchObject([{ granted_by: null }])
  await expect(inviteAsHouse(house, wanted)).rejects.toThrow(/belongs to this organization already/)
})

describe('nobody comes in', () => {
  test('with a link that was taken back, has run out or was used', async () => {
    const [revoked, expired, used] = [somebody(), somebody(), somebody()]
    const links = { revoked: await linkFor(revoked), expired: await linkFor(expired), accepted: await linkFor(used) }
    const [{ id }] = (await admin.get(`/invitations?filter[email]=${revoked}`)).json().data
    await admin.post(`/invitations/${id}/revoke`)
    await asOwner(house, 'update foundation.issued_invitation set expires_at = now() where email = $1', [expired])
    await accept(links.accepted)
    for (const [state, token] of Object.entries(links)) {
      const reply = await accept(token)
      expect([reply.statusCode, reply.json().code]).toEqual([410, `invitation_${state}`])
    }
  })

  test('to an org that is suspended, until it is open again', async () => {
    const coop = await house.as('admin@maple-court.example')
    const token = await linkFor(somebody(), { roles: [(await rolesOf(coop))['staff']] }, coop)
    const suspend = (at: string) =>
      asOwner(house, `update foundation.org set suspended_at = ${at} where slug = 'maple-court'`)
    await suspend('now()')
    const reply = await accept(token)
    expect([reply.statusCode, reply.json().code]).toEqual([403, 'org_suspended'])
    expect(reply.json().detail).toMatch(/closed for the time being/)
    await suspend('null')
    expect((await accept(token)).statusCode).toBe(200)
  })

  test('with a role that is gone since', async () => {
    const label = 'Shop steward'
    const { id } = (await admin.post('/roles', { label })).json()
    const token = await linkFor(somebody(), { roles: [roles['member'], id] })
    await asOwner(house, 'delete from foundation.role where id = $1', [id])
    expect((await accept(token)).json().orgs).toMatchObject([{ roles: ['member'] }])
  })
})
