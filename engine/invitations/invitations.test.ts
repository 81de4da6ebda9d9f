import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { listMail } from '../mail/transports/mailbox.ts'
import { asOwner, cast, openHouse, type TestHouse, type Voice } from '../testing/index.ts'
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
const somebody = () => `new${(number += 1)}@people.example`

const invite = (email: string, more: object = {}, voice = admin) =>
  voice.post('/invitations', { email, name: 'Nora Field', roles: [roles['staff']], ...more })
const show = (token: string) => house.app.inject({ url: `/api/v1/auth/invitations/${token}` })
const stateOf = async (id: string) => (await admin.get(`/invitations/${id}`)).json().state

describe('inviting', () => {
  test('answers where the invitation stands, and mails who invites whom to what', async () => {
    const email = somebody()
    const reply = await invite(email)
    expect(reply.statusCode).toBe(201)
    const { id } = reply.json()
    expect(reply.headers['location']).toBe(`/api/v1/orgs/local-100/invitations/${id}`)
    expect(reply.json()).toMatchObject({
      email,
      name: 'Nora Field',
      roles: 'Staff',
      state: 'pending',
      invited_by_name: 'Ada Okafor',
      titles: { invited_by: 'Ada Okafor' },
    })
    const days = (Date.parse(reply.json().expires_at) - Date.now()) / 86_400_000
    expect(days).toBeGreaterThan(6.99)
    const mail = await mailTo(house, email)
    expect(mail.subject).toBe('Your invitation to Harbor Trades Local 100')
    for (const form of [mail.plain, mail.html]) {
      for (const part of ['Ada Okafor', 'Harbor Trades Local 100', 'Nora Field', 'Staff', email, '7 days'])
        expect(form).toContain(part)
      expect(form).toContain(`${house.engine.settings.publicUrl}/invitation/`)
      expect(form).not.toMatch(/undefined|engine:|\{\{/)
    }
    expect((await show(tokenIn(mail))).json()).toEqual({
      org: { slug: 'local-100', name: 'Harbor Trades Local 100', accent: 'blue' },
      email,
      name: 'Nora Field',
      invited_by: 'Ada Okafor',
      has_account: false,
      expires_at: expect.stringMatching(/Z$/),
    })
  })

  test.each([
    ['no address', { email: '' }, 'email'],
    ['what is no address', { email: 'nora' }, 'email'],
    ['no name', { name: ' ' }, 'name'],
    ['a name of two lines', { name: 'Nora\r\nBcc: x@y.example' }, 'name'],
    ['no roles', { roles: [] }, 'roles'],
    ['roles by name', { roles: ['staff'] }, 'roles'],
    ['a role that is not there', { roles: [crypto.randomUUID()] }, 'roles'],
    ['too many roles', { roles: Array.from({ length: 51 }, () => crypto.randomUUID()) }, 'roles'],
    ['something unknown', { admin: true }, 'admin'],
  ])('is refused with %s', async (_what, more, path) => {
    const reply = await invite(somebody(), more)
    expect([reply.statusCode, reply.json().errors[0].path]).toEqual([422, path])
  })

  test('is for admins who have just proved who they are', async () => {
    const before = (await listMail(house.engine.database)).length
    for (const who of ['officer', 'staff', 'member'] as const)
      expect((await invite(somebody(), {}, await house.as(cast[who]))).statusCode).toBe(403)
    const stale = await house.as(cast.admin)
    await asOwner(
      house,
      `update foundation.session set proved_at = now() - interval '11 minutes' where id =
        (select id from foundation.session where device like 'test %' order by started_at desc limit 1)`,
    )
    expect((await invite(somebody(), {}, stale)).json().code).toBe('proof_needed')
    expect(await listMail(house.engine.database)).toHaveLength(before)
  })

  test('gives no permission that whoever invites does not have', async () => {
    await asOwner(
      house,
      `update foundation.role set changes = '{"foundation.invitation.send": true}' where name = 'officer'
        and org_id = (select id from foundation.org where slug = 'local-100')`,
    )
    const officer = await house.as(cast.officer)
    const beyond = await invite(somebody(), { roles: [roles['admin']] }, officer)
    expect([beyond.statusCode, beyond.json().code]).toEqual([403, 'forbidden'])
    expect(beyond.json().detail).toMatch(/You can only give what you may do yourself/)
    expect((await invite(somebody(), { roles: [roles['staff']] }, officer)).statusCode).toBe(201)
    const { id } = (await invite(somebody(), { roles: [roles['admin']] })).json()
    expect((await officer.post(`/invitations/${id}/resend`)).statusCode).toBe(403)
  })

  test('somebody who belongs already is refused with the reason, in whatever case the address is written', async () => {
    const reply = await invite(cast.officer.toUpperCase())
    expect([reply.statusCode, reply.json().code]).toEqual([409, 'conflict'])
    expect(reply.json().detail).toMatch(/belongs to this organization already/)
    expect((await invite(cast.stranger)).statusCode).toBe(201)
  })

  test('twice is refused while the first is open; of ten side by side one is made', async () => {
    const email = somebody()
    const replies = await Promise.all(Array.from({ length: 10 }, () => invite(email)))
    expect(replies.filter(({ statusCode }) => statusCode === 201)).toHaveLength(1)
    expect(replies.filter(({ statusCode }) => statusCode === 409)).toHaveLength(9)
    expect((await invite(email)).json().detail).toMatch(/invited already/)
    await mailTo(house, email)
  })

  test('sends the same invitation once for one Idempotency-Key', async () => {
    const body = { email: somebody(), name: 'Nora', roles: [roles['staff']] }
    const send = () => admin.post('/invitations', body, { 'idempotency-key': 'nora' })
    const [first, second] = [await send(), await send()]
    expect([first.statusCode, second.statusCode, second.json().id]).toEqual([201, 201, first.json().id])
  })

  test('stops at a hundred an hour for an org, and at five for an address', async () => {
    const email = somebody()
    const { id } = (await invite(email)).json()
    for (let time = 2; time <= 5; time++) expect((await admin.post(`/invitations/${id}/resend`)).statusCode).toBe(200)
    const flooded = await admin.post(`/invitations/${id}/resend`)
    expect([flooded.statusCode, flooded.headers['retry-after']]).toEqual([429, '3600'])
    await asOwner(house, "update foundation.sign_in_attempt set tries = 100 where subject like 'invitations:%'")
    expect((await invite(somebody())).json().code).toBe('too_many')
    expect((await invite(somebody(), { roles: [await coopStaffRole()] }, await coopAdmin())).statusCode).toBe(201)
  })
})

const coopAdmin = () => house.as('admin@riverside.example')
const coopStaffRole = async () => (await rolesOf(await coopAdmin()))['staff']

describe('an invitation', () => {
  test('that is sent again has a new link, and the old one is dead', async () => {
    const email = somebody()
    const { id } = (await invite(email)).json()
    const old = tokenIn(await mailTo(house, email))
    const again = await admin.post(`/invitations/${id}/resend`)
    expect([again.statusCode, again.json().state]).toEqual([200, 'pending'])
    const fresh = tokenIn(await mailTo(house, email, 2))
    expect([(await show(old)).statusCode, (await show(fresh)).statusCode]).toEqual([404, 200])
    expect((await show(old)).json().detail).toMatch(/newer mail may have replaced it/)
  })

  test('that is taken back says so to whoever opens its link, and cannot be sent again', async () => {
    const email = somebody()
    const { id } = (await invite(email)).json()
    const token = tokenIn(await mailTo(house, email))
    expect((await admin.post(`/invitations/${id}/revoke`, {})).json().state).toBe('revoked')
    const gone = await show(token)
    expect([gone.statusCode, gone.json().code]).toEqual([410, 'invitation_revoked'])
    for (const act of ['resend', 'revoke']) {
      const reply = await admin.post(`/invitations/${id}/${act}`)
      expect([reply.statusCode, reply.json().detail]).toEqual([409, expect.stringContaining('taken back')])
    }
    expect((await invite(email)).statusCode).toBe(201)
  })

  test('that has run out says so, can be sent again, and makes room for another', async () => {
    const [email, other] = [somebody(), somebody()]
    const { id } = (await invite(email)).json()
    const second = (await invite(other)).json().id
    const token = tokenIn(await mailTo(house, email))
    await mailTo(house, other)
    await asOwner(house, 'update foundation.issued_invitation set expires_at = now() where id = any ($1)', [
      [id, second],
    ])
    expect([(await show(token)).json().code, await stateOf(id)]).toEqual(['invitation_expired', 'expired'])
    expect((await admin.post(`/invitations/${id}/resend`)).json().state).toBe('pending')
    expect((await invite(other)).statusCode).toBe(201)
    expect(await stateOf(second)).toBe('expired')
    expect((await admin.post(`/invitations/${second}/resend`)).statusCode).toBe(409)
  })

  test('falls with whoever sent it, until somebody else sends it again', async () => {
    const email = somebody()
    const second = await house.as(cast.officer2)
    await asOwner(
      house,
      `insert into foundation.grant (org_id, user_id, role_id) select r.org_id, u.id, r.id
      from foundation.role r, foundation.user u where r.id = $1 and u.email = $2`,
      [roles['admin'], cast.officer2],
    )
    const { id } = (await invite(email, {}, second)).json()
    const token = tokenIn(await mailTo(house, email))
    expect((await show(token)).statusCode).toBe(200)
    await asOwner(
      house,
      `update foundation.membership set disabled_at = now()
      where user_id = (select id from foundation.user where email = $1)`,
      [cast.officer2],
    )
    expect([(await show(token)).json().code, await stateOf(id)]).toEqual(['invitation_revoked', 'revoked'])
    expect((await admin.post(`/invitations/${id}/resend`)).json()).toMatchObject({
      state: 'pending',
      invited_by_name: 'Ada Okafor',
    })
    expect((await show(tokenIn(await mailTo(house, email, 2)))).json().invited_by).toBe('Ada Okafor')
  })

  test('is listed and filtered, and another org neither sees nor touches it', async () => {
    const email = somebody()
    const { id } = (await invite(email)).json()
    const list = (await admin.get(`/invitations?filter[email]=${email}&filter[state]=pending`)).json().data
    expect(list.map((row: { id: string }) => row.id)).toEqual([id])
    const stranger = await coopAdmin()
    expect((await stranger.get(`/invitations/${id}`)).statusCode).toBe(404)
    for (const act of ['resend', 'revoke'])
      expect((await stranger.post(`/invitations/${id}/${act}`)).statusCode).toBe(404)
    expect(await stateOf(id)).toBe('pending')
  })

  test('is in the audit trail with each act, and its token nowhere', async () => {
    const email = somebody()
    const { id } = (await invite(email)).json()
    const token = tokenIn(await mailTo(house, email))
    await admin.post(`/invitations/${id}/resend`)
    await mailTo(house, email, 2)
    await admin.post(`/invitations/${id}/revoke`)
    const { data } = (await admin.get(`/audit?filter[record]=${id}&sort=at`)).json()
    expect(data.map((line: { act: string; actor_name: string }) => [line.act, line.actor_name])).toEqual([
      ['create', 'Ada Okafor'],
      ['resend', 'Ada Okafor'],
      ['revoke', 'Ada Okafor'],
    ])
    expect(JSON.stringify(data)).not.toContain('token')
    const held = await asOwner<{ held: string }>(
      house,
      `select data::text as held from queue.job union all select to_jsonb(i)::text from foundation.issued_invitation i
      union all select to_jsonb(e)::text from foundation.sign_in_event e`,
    )
    expect(held.filter((row) => row.held.includes(token))).toEqual([])
  })
})

test('a link that nobody made is 404, whatever it looks like', async () => {
  for (const token of ['x', 'A'.repeat(43), 'A'.repeat(201), '%00', '..%2f..'])
    expect([token, (await show(token)).statusCode >= 400 && (await show(token)).statusCode < 500]).toEqual([
      token,
      true,
    ])
  expect((await show('A'.repeat(43))).json().code).toBe('not_found')
})
