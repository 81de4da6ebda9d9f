import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { cast, castPassword, openHouse, type TestHouse } from '../testing/index.ts'
import { Authenticator, type Lies } from './testing/authenticator.ts'
import { addApp, addPasskey, authApi, clockStandsStill, codeOf, showPasskey } from './testing/factors.ts'
import { asOwner, forgetTries } from './testing/owner.ts'

clockStandsStill()

let house: TestHouse
/** The officer has a passkey and an app, the staff an app; the attacker is the officer of another local. */
let passkey: Authenticator
let secrets: { officer: string; staff: string }
let codes: readonly string[]
let attackers: Authenticator

beforeAll(async () => {
  house = await openHouse()
  const officer = await house.as(cast.officer)
  passkey = (await addPasskey(house.app, officer.token)).authenticator
  const app = await addApp(house.app, officer.token)
  codes = (await authApi(house.app, officer.token)('POST', 'recovery-codes', {})).json().recovery_codes
  secrets = { officer: app.secret, staff: (await addApp(house.app, (await house.as(cast.staff)).token)).secret }
  attackers = (await addPasskey(house.app, (await house.as(cast.stranger)).token)).authenticator
})
afterAll(() => house.close())
beforeEach(async () => {
  await forgetTries(house)
  await asOwner(house, 'update foundation.user set locked_at = null')
  await asOwner(house, 'update foundation.totp set last_step = 0')
})

const send = (path: string, body: object) => authApi(house.app)('POST', path, body)
const ticketOf = async (email: string): Promise<string> =>
  (await send('login', { email, password: castPassword })).json().ticket
const enter = (ticket: string, code: string, method = 'totp') => send('second-factor', { ticket, method, code })
const show = (body: object) => send('passkey/login', body)
const ask = async () => (await send('passkey/challenge', {})).json()

/** An assertion by the officer's own passkey that says something else than it should. */
async function lying(lies: Lies) {
  const { challenge, options } = await ask()
  return await show({ challenge, credential: passkey.get(options, lies) })
}

test('what is honest is accepted, so that the attacks fail for what they are', async () => {
  expect((await lying({})).statusCode).toBe(200)
  expect((await enter(await ticketOf(cast.officer), codeOf(secrets.officer))).statusCode).toBe(200)
  expect((await enter(await ticketOf(cast.officer), codes[0] ?? '', 'recovery-code')).statusCode).toBe(200)
})

const lies: Readonly<Record<string, Lies>> = {
  'an origin of another site': { origin: 'https://evil.example' },
  'an origin that begins like ours': { origin: 'http://localhost:0.evil.example' },
  'an origin of another scheme': { origin: 'https://localhost:0' },
  'a relying party of another site': { rpId: 'evil.example' },
  'a relying party that is our address as a number': { rpId: '127.0.0.1' },
  'no finger, face or PIN': { verified: false },
  'nobody there': { present: false },
  'a challenge of its own': { challenge: Buffer.alloc(32, 7).toString('base64url') },
  'no challenge': { challenge: '' },
  'the type of a new passkey': { type: 'webauthn.create' },
  'a page in a frame of another site': { crossOrigin: true },
  'what the page told, changed after signing': { afterwards: { crossOrigin: false, extra: 1 } },
  'the origin changed after signing': { origin: 'https://evil.example', afterwards: { origin: 'http://localhost:0' } },
  'an older count, as of a copied key': { counter: 1 },
  "another person's name": { userHandle: Buffer.alloc(16, 1).toString('base64url') },
}

test.each(Object.entries(lies))('an assertion with %s', async (_name, lie) => {
  const reply = await lying(lie)
  expect([reply.statusCode, reply.json().code]).toEqual([401, 'wrong_passkey'])
})

test('an assertion that is sent again, one after the other and side by side', async () => {
  const shown = await showPasskey(house.app, passkey)
  expect((await show(shown)).statusCode).toBe(200)
  expect((await show(shown)).statusCode).toBe(401)
  const once = await showPasskey(house.app, passkey)
  const replies = await Promise.all(Array.from({ length: 10 }, () => show(once)))
  expect(replies.filter(({ statusCode }) => statusCode === 200)).toHaveLength(1)
})

test('an assertion of a passkey that does not count, sent again', async () => {
  const { token } = await house.as(cast.treasurer)
  const { authenticator } = await addPasskey(house.app, token, new Authenticator({ synced: true }))
  const shown = await showPasskey(house.app, authenticator)
  expect([(await show(shown)).statusCode, (await show(shown)).statusCode]).toEqual([200, 401])
  const replies = await Promise.all([shown, shown].map(() => show(shown)))
  expect(replies.map(({ statusCode }) => statusCode)).toEqual([401, 401])
})

test('an assertion with the challenge of another, or one that was changed or never given', async () => {
  const [mine, other] = [await ask(), await ask()]
  const credential = passkey.get(mine.options)
  for (const challenge of [other.challenge, `${mine.challenge.slice(0, -2)}AA`, 'x', mine.options.challenge]) {
    expect([challenge.length, (await show({ challenge, credential })).statusCode]).toEqual([challenge.length, 401])
  }
})

test("a signature by the attacker's key under the officer's credential", async () => {
  const { challenge, options } = await ask()
  const { response } = attackers.get(options)
  const id = passkey.id.toString('base64url')
  const credential = { ...passkey.get(options), id, rawId: id, response: { ...response, userHandle: '' } }
  expect((await show({ challenge, credential })).statusCode).toBe(401)
})

test('a passkey that nobody has, and one that was removed', async () => {
  expect((await show(await showPasskey(house.app, new Authenticator()))).statusCode).toBe(401)
  const { token } = await house.as(cast.organizer)
  const { authenticator, id } = await addPasskey(house.app, token)
  expect((await authApi(house.app, token)('DELETE', `passkeys/${id}`)).statusCode).toBe(204)
  expect((await show(await showPasskey(house.app, authenticator))).statusCode).toBe(401)
})

test('a challenge for adding a passkey shows none, and one for showing adds none', async () => {
  const own = authApi(house.app, (await house.as(cast.officer)).token)
  const adding = (await own('POST', 'passkeys/registration', {})).json()
  const shown = passkey.get(adding.options)
  expect((await show({ challenge: adding.challenge, credential: shown })).statusCode).toBe(401)
  const showing = await ask()
  const made = { challenge: showing.challenge, credential: new Authenticator().create(showing.options), name: 'x' }
  expect((await own('POST', 'passkeys', made)).json().code).toBe('bad_passkey')
  const victim = authApi(house.app, (await house.as(cast.instructor)).token)
  const sent = { challenge: adding.challenge, credential: new Authenticator().create(adding.options), name: 'x' }
  expect((await victim('POST', 'passkeys', sent)).json().code).toBe('bad_passkey')
})

test('a new passkey that lies, that brings certificates to look up, or that is sent again', async () => {
  const own = authApi(house.app, (await house.as(cast.officer)).token)
  const add = async (make: (options: { challenge: string }) => object) => {
    const { challenge, options } = (await own('POST', 'passkeys/registration', {})).json()
    return await own('POST', 'passkeys', { challenge, credential: make(options), name: 'x' })
  }
  const wrong: Lies[] = [
    { origin: 'https://evil.example' },
    { rpId: 'evil.example' },
    { verified: false },
    { type: 'webauthn.get' },
    { crossOrigin: true },
  ]
  for (const lie of wrong) {
    expect((await add((options) => new Authenticator().create(options, lie))).json().code).toBe('bad_passkey')
  }
  // {"fmt": "packed", "attStmt": {"alg": -7, "sig": h'00', "x5c": [h'00']}, then "authData"
  const certified = Buffer.from('a363666d74667061636b65646761747453746d74a363616c672663736967410063783563814100', 'hex')
  expect((await add((options) => new Authenticator().create(options, {}, certified))).json().code).toBe('bad_passkey')
  expect((await add((options) => passkey.create(options))).json().code).toBe('bad_passkey')
  const { challenge, options } = (await own('POST', 'passkeys/registration', {})).json()
  const body = { challenge, credential: new Authenticator().create(options), name: 'x' }
  expect((await own('POST', 'passkeys', body)).statusCode).toBe(201)
  expect((await own('POST', 'passkeys', body)).json().code).toBe('bad_passkey')
})

test("a code of another person, and another person's ticket with one's own code", async () => {
  expect((await enter(await ticketOf(cast.officer), codeOf(secrets.staff))).statusCode).toBe(401)
  expect((await enter(await ticketOf(cast.staff), codeOf(secrets.officer))).statusCode).toBe(401)
  expect((await enter(await ticketOf(cast.staff), codes[1] ?? '', 'recovery-code')).statusCode).toBe(401)
})

test('a code twice, a recovery code twice, a ticket twice', async () => {
  const code = codeOf(secrets.officer)
  expect((await enter(await ticketOf(cast.officer), code)).statusCode).toBe(200)
  expect((await enter(await ticketOf(cast.officer), code)).statusCode).toBe(401)
  expect((await enter(await ticketOf(cast.officer), codes[2] ?? '', 'recovery-code')).statusCode).toBe(200)
  expect((await enter(await ticketOf(cast.officer), codes[2] ?? '', 'recovery-code')).statusCode).toBe(401)
  const ticket = await ticketOf(cast.officer)
  expect((await enter(ticket, codes[3] ?? '', 'recovery-code')).statusCode).toBe(200)
  expect((await enter(ticket, codes[4] ?? '', 'recovery-code')).statusCode).toBe(401)
  expect((await enter(await ticketOf(cast.officer), codes[4] ?? '', 'recovery-code')).statusCode).toBe(200)
})

test('a ticket opens nothing by itself, and no other token is one', async () => {
  const ticket = await ticketOf(cast.officer)
  const { token } = await house.as(cast.officer)
  const { challenge } = await ask()
  for (const bearer of [ticket, challenge]) {
    const headers = { authorization: `Bearer ${bearer}` }
    for (const url of ['/api/v1/auth/me', '/api/v1/auth/factors', '/api/v1/orgs/local-100/members'])
      expect((await house.app.inject({ url, headers })).statusCode).toBe(401)
    expect((await send('refresh', { refresh_token: bearer.slice(0, 200) })).statusCode).toBe(401)
  }
  for (const other of [token, challenge, `${ticket.slice(0, -3)}abc`, ticket.slice(0, 40), 'x']) {
    const reply = await enter(other, codeOf(secrets.officer))
    expect([reply.statusCode, reply.json().code]).toEqual([401, 'ticket_spent'])
  }
  expect((await show({ challenge: ticket, credential: passkey.get({ challenge: 'x' }) })).statusCode).toBe(401)
})

test("the session of an API key has no factors, adds none and proves nothing, though it is its person's", async () => {
  const { token } = await house.as(cast.admin)
  const sid = (JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as { sid: string }).sid
  await asOwner(
    house,
    `update foundation.session set scopes = '{members.member.read}',
      only_org = (select id from foundation.org where slug = 'local-100') where id = $1`,
    [sid],
  )
  const own = authApi(house.app, token)
  const tries = [
    await own('GET', 'factors'),
    await own('POST', 'totp', {}),
    await own('POST', 'passkeys/registration', {}),
    await own('POST', 'recovery-codes', {}),
    await own('POST', 'prove', { method: 'password', password: castPassword }),
  ]
  expect(tries.map(({ statusCode }) => statusCode)).toEqual([401, 401, 401, 401, 401])
})

test("the server's role reads neither passkeys, secrets nor codes, and opens no session by itself", async () => {
  const bare = (sql: string) => house.engine.database.bare(sql)
  for (const table of ['passkey', 'totp', 'recovery_code', 'spent_nonce'])
    await expect(bare(`select * from foundation.${table}`)).rejects.toThrow(/permission denied/)
  for (const call of [
    'open_session(null, null, null, null, null, null, null, null)',
    'spend_factor(null, null, null, null)',
    'note_factor_added(null, null, null, null, null, null, null)',
  ])
    await expect(bare(`select foundation.${call}`)).rejects.toThrow(/permission denied/)
  const kept = await asOwner<{ sealed: string }>(house, 'select sealed from foundation.totp where sealed is not null')
  for (const { sealed } of kept) for (const secret of Object.values(secrets)) expect(sealed).not.toContain(secret)
})
