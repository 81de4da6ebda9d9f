import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { listMail } from '../../mail/transports/mailbox.ts'
import { asOwner, cast, castPassword, openHouse, type TestHouse } from '../../testing/index.ts'
import { Authenticator } from '../testing/authenticator.ts'
import { addApp, addPasskey, authApi, clockStandsStill, codeOf, showPasskey } from '../testing/factors.ts'
import { forgetFactors } from './forget.ts'
import { forgetTries, journalOfPeople } from '../testing/owner.ts'

clockStandsStill()

let house: TestHouse
beforeAll(async () => {
  house = await openHouse()
  await house.engine.startWork()
})
afterAll(() => house.close())
beforeEach(() => forgetTries(house))

const anybody = (...asked: Parameters<ReturnType<typeof authApi>>) => authApi(house.app)(...asked)
const logIn = (email: string) => anybody('POST', 'login', { email, password: castPassword })
const lately = async (most = 3) => (await journalOfPeople(house, most)).map(({ what }) => what)

/** The way in of somebody of the cast, fresh, and what they send with it. */
async function inside(email: string) {
  const { token } = await house.as(email)
  return { token, send: authApi(house.app, token) }
}

test('a passkey signs in without an e-mail address or a password', async () => {
  const { token } = await inside(cast.officer)
  const { authenticator } = await addPasskey(house.app, token)
  const reply = await anybody('POST', 'passkey/login', await showPasskey(house.app, authenticator))
  expect([reply.statusCode, reply.json()]).toMatchObject([200, { user: { email: cast.officer } }])
  expect(await journalOfPeople(house, 1)).toMatchObject([{ what: 'signed-in', email: cast.officer }])
  const answer = (await logIn(cast.officer)).json()
  expect(answer).toMatchObject({ code: 'second_factor', methods: ['passkey', 'recovery-code'] })
})

test('a password alone opens nothing once there is a second factor; a code of the app goes on', async () => {
  const { token } = await inside(cast.staff)
  const { secret } = await addApp(house.app, token)
  const first = await logIn(cast.staff)
  expect(first.statusCode).toBe(401)
  expect(first.json()).not.toHaveProperty('access_token')
  const { ticket, methods } = first.json()
  expect(methods).toEqual(['totp', 'recovery-code'])
  const reply = await anybody('POST', 'second-factor', { ticket, method: 'totp', code: codeOf(secret) })
  expect([reply.statusCode, reply.json()]).toMatchObject([200, { user: { email: cast.staff } }])
  expect(await lately()).toEqual(['signed-in', 'second-factor-asked', 'totp-added'])
})

test('sessions from before stay, and are refreshed, but prove themselves anew before anything weighty', async () => {
  const { refresh_token, access_token } = (await logIn(cast.organizer)).json()
  const { token } = await inside(cast.organizer)
  await addApp(house.app, token)
  const older = authApi(house.app, access_token)
  expect((await older('GET', 'me')).statusCode).toBe(200)
  expect((await anybody('POST', 'refresh', { refresh_token })).statusCode).toBe(200)
  expect((await older('POST', 'recovery-codes', {})).json().code).toBe('proof_needed')
})

test('the page of factors says what there is', async () => {
  const { token, send } = await inside(cast.treasurer)
  const none = await send('GET', 'factors')
  expect(none.json()).toEqual({
    passkeys: [],
    totp: null,
    recovery_codes: null,
    required_by: [],
    prove_with: ['password'],
    proved_at: expect.any(String),
  })
  const { id } = await addPasskey(house.app, token, new Authenticator({ synced: true }))
  const { codes } = await addApp(house.app, token)
  expect(codes).toBeUndefined()
  const all = (await send('GET', 'factors')).json()
  expect(all).toMatchObject({
    passkeys: [{ id, name: 'Laptop', last_used_at: null, synced: true }],
    totp: { confirmed_at: expect.any(String) },
    recovery_codes: { left: 10, made_at: expect.any(String) },
    prove_with: ['passkey', 'totp', 'recovery-code'],
  })
  expect(Date.parse(all.proved_at)).toBeGreaterThanOrEqual(Date.parse(none.json().proved_at))
})

test('a passkey is renamed by its owner, under a name that is one', async () => {
  const { token, send } = await inside(cast.instructor)
  const { id } = await addPasskey(house.app, token)
  expect((await send('PATCH', `passkeys/${id}`, { name: ' Key ring ' })).json()).toMatchObject({ id, name: 'Key ring' })
  expect((await send('PATCH', `passkeys/${id}`, { name: '  ' })).statusCode).toBe(422)
  const { send: stranger } = await inside(cast.stranger)
  for (const reply of [
    await stranger('PATCH', `passkeys/${id}`, { name: 'Mine' }),
    await stranger('DELETE', `passkeys/${id}`),
    await send('DELETE', `passkeys/${crypto.randomUUID()}`),
    await stranger('DELETE', 'totp'),
  ])
    expect([reply.statusCode, reply.json().code]).toEqual([404, 'not_found'])
})

test('with the last factor go the recovery codes, and the password is enough again', async () => {
  const { token, send } = await inside(cast.coopMember)
  const { id, codes } = await addPasskey(house.app, token)
  expect(codes).toHaveLength(10)
  await addApp(house.app, token)
  expect((await send('DELETE', `passkeys/${id}`)).statusCode).toBe(204)
  expect((await logIn(cast.coopMember)).json().methods).toEqual(['totp', 'recovery-code'])
  expect((await send('DELETE', 'totp')).statusCode).toBe(204)
  expect((await logIn(cast.coopMember)).statusCode).toBe(200)
  expect((await send('POST', 'recovery-codes', {})).json().code).toBe('no_factor')
  const kept = await asOwner<{ second_factor: string | null }>(
    house,
    `select second_factor from foundation.session where second_factor is not null
      and user_id = (select id from foundation.user where email = $1)`,
    [cast.coopMember],
  )
  expect(kept).toEqual([])
})

test('the last factor stays when a role asks for one, and the refusal says why', async () => {
  const { token, send } = await inside(cast.admin)
  const { id } = await addPasskey(house.app, token)
  await asOwner(house, "update foundation.role set requires_second_factor = true where name = 'admin'")
  const reply = await send('DELETE', `passkeys/${id}`)
  expect([reply.statusCode, reply.json().code, reply.json().detail]).toMatchObject([
    409,
    'factor_required',
    /your last one/,
  ])
  expect((await send('GET', 'factors')).json().required_by).toEqual([{ org: expect.any(String), role: 'Admin' }])
  await addApp(house.app, token)
  expect((await send('DELETE', `passkeys/${id}`)).statusCode).toBe(204)
  expect((await send('DELETE', 'totp')).statusCode).toBe(409)
})

test('a role that asks for a second factor opens nothing until there is one, and then at once', async () => {
  await asOwner(house, "update foundation.role set requires_second_factor = true where name = 'member'")
  const voice = await house.as(cast.member)
  expect((await voice.get('/catalog')).json().code).toBe('second_factor_missing')
  await addApp(house.app, voice.token)
  expect((await voice.get('/catalog')).statusCode).toBe(200)
  await asOwner(house, "update foundation.role set requires_second_factor = false where name = 'member'")
})

test('new recovery codes take the place of the old ones', async () => {
  const { token, send } = await inside(cast.officer2)
  const { codes: old = [] } = await addApp(house.app, token)
  const { recovery_codes: codes } = (await send('POST', 'recovery-codes', {})).json()
  expect(codes).toHaveLength(10)
  const { ticket } = (await logIn(cast.officer2)).json()
  const shown = (code: string) => anybody('POST', 'second-factor', { ticket, method: 'recovery-code', code })
  expect((await shown(old[0] ?? '')).statusCode).toBe(401)
  expect((await shown(codes[9])).statusCode).toBe(200)
  expect((await send('GET', 'factors')).json().recovery_codes.left).toBe(9)
  expect(await lately(2)).toEqual(['signed-in', 'recovery-code-used'])
})

test('a mail tells what was added, removed or used', async () => {
  const { token, send } = await inside(cast.coopStaff)
  const { id } = await addPasskey(house.app, token)
  await send('DELETE', `passkeys/${id}`)
  const told = async () =>
    (await listMail(house.engine.database)).filter(({ recipient }) => recipient === cast.coopStaff)
  await expect.poll(async () => (await told()).length).toBe(2)
  const subjects = (await told()).map(({ subject }) => subject)
  expect(subjects.toSorted()).toEqual([
    'A passkey was added to your sign-in',
    'A passkey was removed from your sign-in',
  ])
  const [mail] = await told()
  expect(mail?.plain).toMatch(/choose a new password/)
  expect(mail?.plain + (mail?.html ?? '')).not.toMatch(/\{\{|undefined|engine:/)
})

test('who has lost everything is helped in by whoever runs the house, and told', async () => {
  const { token } = await inside(cast.officer)
  const { authenticator } = await addPasskey(house.app, token)
  await forgetFactors(house, cast.officer.toUpperCase())
  expect((await authApi(house.app, token)('GET', 'me')).statusCode).toBe(401)
  expect((await anybody('POST', 'passkey/login', await showPasskey(house.app, authenticator))).statusCode).toBe(401)
  expect((await logIn(cast.officer)).statusCode).toBe(200)
  await expect
    .poll(async () => (await listMail(house.engine.database)).map(({ subject }) => subject))
    .toContain('The second step was removed from your sign-in')
  for (const email of [cast.officer, 'nobody@nowhere.example'])
    await expect(forgetFactors(house, email)).rejects.toThrow(/nobody with the address/)
  await expect(house.engine.database.bare('select foundation.forget_factors($1)', ['x'])).rejects.toThrow(/denied/)
})

test('what is weighty asks for fresh proof, and an app that was never confirmed counts for nothing', async () => {
  const { token, send } = await inside(cast.stranger)
  expect((await send('POST', 'totp', {})).json().secret).toMatch(/^[A-Z2-7]{32}$/)
  expect((await send('POST', 'totp/confirm', { code: '000000' })).json().errors[0].path).toBe('code')
  expect((await logIn(cast.stranger)).statusCode).toBe(200)
  await asOwner(house, "update foundation.session set proved_at = now() - interval '11 minutes'")
  const tries = await Promise.all([
    send('POST', 'passkeys/registration', {}),
    send('POST', 'totp', {}),
    send('POST', 'totp/confirm', { code: '000000' }),
    send('DELETE', 'totp'),
    send('POST', 'recovery-codes', {}),
    send('PATCH', `passkeys/${crypto.randomUUID()}`, { name: 'x' }),
    send('DELETE', `passkeys/${crypto.randomUUID()}`),
  ])
  for (const reply of tries) expect([reply.statusCode, reply.json().code]).toEqual([403, 'proof_needed'])
  expect((await send('GET', 'factors')).statusCode).toBe(200)
  await expect(
    house.engine.database.bare('select foundation.renew_recovery_codes($1, $2, null, null)', [
      JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()).sid,
      [],
    ]),
  ).rejects.toThrow(/proven just now/)
})
