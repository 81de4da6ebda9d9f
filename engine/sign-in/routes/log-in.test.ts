import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { cast, castPassword, openHouse, type TestHouse } from '../../testing/index.ts'
import { readTrustProxy } from '../../trust-proxy.ts'
import { Browser } from '../testing/browser.ts'
import { asOwner, forgetTries, journal, passWindow } from '../testing/owner.ts'

let house: TestHouse

beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())
beforeEach(() => forgetTries(house))

const logIn = (email: string, password: string, more: object = {}, remoteAddress = '127.0.0.1') =>
  house.app.inject({ method: 'POST', url: '/api/v1/auth/login', payload: { email, password, ...more }, remoteAddress })

const failTimes = async (times: number, email: string) => {
  for (let time = 0; time < times; time++) await logIn(email, 'wrong')
}

test('the right password answers tokens, who it is, and the orgs with roles', async () => {
  const reply = await logIn(cast.staff.toUpperCase(), castPassword)
  expect(reply.statusCode).toBe(200)
  expect(reply.headers['cache-control']).toBe('no-store')
  expect(reply.json()).toEqual({
    access_token: expect.stringMatching(/^ey[\w-]+\.[\w-]+\.[\w-]+$/),
    refresh_token: expect.stringMatching(/^[\w-]{43}$/),
    token_type: 'Bearer',
    expires_in: 900,
    user: { id: expect.any(String), email: cast.staff, name: expect.any(String), is_host: false, email_verified: true },
    orgs: [{ slug: 'local-100', name: expect.any(String), kind: 'union-local', roles: ['staff'] }],
  })
  expect(reply.cookies).toEqual([])
  const claims = JSON.parse(Buffer.from(reply.json().access_token.split('.')[1], 'base64url').toString())
  expect(claims).toEqual({
    sub: reply.json().user.id,
    email: cast.staff,
    roles: ['staff'],
    type: 'access',
    sid: expect.any(String),
    iat: expect.any(Number),
    exp: claims.iat + 900,
    iss: 'commonhall',
    aud: 'commonhall-api',
  })
  expect(await journal(house, 1)).toMatchObject([{ what: 'signed-in', email: cast.staff, address: '127.0.0.1' }])
})

test("the token opens me, and the person's own org", async () => {
  const { access_token: token } = (await logIn(cast.staff, castPassword)).json()
  const headers = { authorization: `Bearer ${token}` }
  expect((await house.app.inject({ url: '/api/v1/auth/me', headers })).json()).toMatchObject({
    user: { email: cast.staff },
  })
  expect((await house.app.inject({ url: '/api/v1/orgs/local-100/members', headers })).statusCode).toBe(200)
  expect((await house.app.inject({ url: '/api/v1/orgs/riverside/members', headers })).statusCode).toBe(404)
})

test('a wrong password and an unknown address get the same answer, word for word', async () => {
  const wrong = await logIn(cast.staff, 'Blue-Kettle-42')
  const unknown = await logIn('nobody@nowhere.example', 'Blue-Kettle-42')
  const told = (reply: typeof wrong) => ({
    ...reply.json(),
    request_id: '',
    status: reply.statusCode,
    headers: Object.keys(reply.headers),
  })
  expect(wrong.statusCode).toBe(401)
  expect(told(unknown)).toEqual(told(wrong))
})

test.each([
  ['no body', undefined, ''],
  ['a list', [], ''],
  ['no password', { email: cast.staff }, 'password'],
  ['an unknown field', { email: cast.staff, password: 'x', admin: true }, 'admin'],
  ['a number', { email: 7, password: 'x' }, 'email'],
  ['NUL in the address', { email: 'a\u0000@b.example', password: 'x' }, 'email'],
  ['a line break in the address', { email: 'a@b.example\r\nBcc: c@d.example', password: 'x' }, 'email'],
  ['another way to travel', { email: cast.staff, password: 'x', session: 'url' }, 'session'],
  ['a password of 1,001 characters', { email: cast.staff, password: 'x'.repeat(1001) }, 'password'],
])('%s is refused with a sentence about it', async (_name, payload, path) => {
  const reply = await house.app.inject({ method: 'POST', url: '/api/v1/auth/login', ...(payload ? { payload } : {}) })
  expect(reply.statusCode).toBe(422)
  expect(reply.json().errors[0]).toMatchObject({ path, message: expect.stringMatching(/^[^{}]+[.]$/) })
  expect(JSON.stringify(reply.json())).not.toMatch(/undefined|sign_in\./)
})

test('a password with NUL is wrong, not a fault', async () => {
  expect((await logIn(cast.staff, 'a\u0000b')).statusCode).toBe(401)
})

test('the sixth try within a quarter of an hour waits, even with the right password', async () => {
  await failTimes(5, cast.member)
  const reply = await logIn(cast.member, castPassword)
  expect(reply.statusCode).toBe(429)
  expect(Number(reply.headers['retry-after'])).toBeGreaterThan(880)
  expect(reply.json()).toMatchObject({ code: 'too_many', detail: 'Too many tries. Wait 15 minutes, then try again.' })
  await passWindow(house)
  expect((await logIn(cast.member, castPassword)).statusCode).toBe(200)
})

test('signing in starts the count anew', async () => {
  for (let round = 0; round < 4; round++) {
    await failTimes(4, cast.member)
    expect((await logIn(cast.member, castPassword)).statusCode).toBe(200)
  }
})

test('of 40 wrong tries side by side five are looked at', async () => {
  const replies = await Promise.all(Array.from({ length: 40 }, () => logIn(cast.organizer, 'wrong')))
  const counts = Object.groupBy(replies, ({ statusCode }) => statusCode)
  expect(counts[401]?.length).toBe(5)
  expect(counts[429]?.length).toBe(35)
})

test('20 right tries side by side all succeed', async () => {
  const replies = await Promise.all(Array.from({ length: 20 }, () => logIn(cast.organizer, castPassword)))
  expect(replies.filter(({ statusCode }) => statusCode === 200)).toHaveLength(20)
})

test.each([[cast.treasurer], ['nobody@nowhere.example']])('ten failures lock %s', async (email) => {
  await failTimes(5, email)
  await passWindow(house)
  await failTimes(4, email)
  expect((await logIn(email, 'wrong')).statusCode).toBe(401)
  await passWindow(house)
  const reply = await logIn(email, castPassword)
  expect(reply.statusCode).toBe(423)
  expect(reply.json().code).toBe('locked')
  expect((await journal(house, 1))[0]).toMatchObject({ what: 'account-locked', email })
})

test('nobody locks an officer out: the browser they have used before still gets in', async () => {
  const own = new Browser(house.app)
  expect((await own.logIn(cast.officer, castPassword)).statusCode).toBe(200)
  await asOwner(house, 'update foundation.user set locked_at = now() where email = $1', [cast.officer])
  expect((await new Browser(house.app).logIn(cast.officer, castPassword)).statusCode).toBe(423)
  expect((await own.logIn(cast.officer, castPassword)).statusCode).toBe(200)
  expect((await new Browser(house.app).logIn(cast.officer, castPassword)).statusCode).toBe(423)
})

test('a known browser has five tries of its own, and a forged one none', async () => {
  const own = new Browser(house.app)
  await own.logIn(cast.officer2, castPassword)
  await asOwner(house, 'update foundation.user set locked_at = now() where email = $1', [cast.officer2])
  for (let time = 0; time < 5; time++) expect((await own.logIn(cast.officer2, 'wrong')).statusCode).toBe(401)
  expect((await own.logIn(cast.officer2, castPassword)).statusCode).toBe(423)
  const forged = new Browser(house.app)
  forged.cookies.set('__Host-device', `${own.cookies.get('__Host-device')!.slice(0, -3)}abc`)
  expect((await forged.logIn(cast.officer2, castPassword)).statusCode).toBe(423)
})

test("one person's browser is no key to another's account", async () => {
  const own = new Browser(house.app)
  await own.logIn(cast.staff, castPassword)
  await asOwner(house, 'update foundation.user set locked_at = now() where email = $1', [cast.instructor])
  expect((await own.logIn(cast.instructor, castPassword)).statusCode).toBe(423)
})

test('a network that fails for a hundred addresses waits; other networks do not', async () => {
  const from = (address: string, email: string, password = 'wrong') => logIn(email, password, {}, address)
  await asOwner(
    house,
    `insert into foundation.sign_in_attempt (subject, tries, window_ends_at)
    values ('network:203.0.113.0/24', 99, now() + interval '10 minutes')`,
  )
  expect((await from('203.0.113.7', 'one@nowhere.example')).statusCode).toBe(401)
  expect((await from('203.0.113.99', cast.staff, castPassword)).statusCode).toBe(429)
  expect((await from('203.0.114.7', cast.staff, castPassword)).statusCode).toBe(200)
  expect((await from('::ffff:203.0.114.7', cast.staff, castPassword)).statusCode).toBe(200)
  expect((await from('2001:db8::1', cast.staff, castPassword)).statusCode).toBe(200)
})

test('who was disabled does not get in', async () => {
  await asOwner(house, 'update foundation.user set disabled_at = now() where email = $1', [cast.coopMember])
  expect((await logIn(cast.coopMember, castPassword)).statusCode).toBe(401)
})

test("the server's role can read neither passwords nor tokens, nor write the journal", async () => {
  for (const table of ['refresh_token', 'reset_token', 'known_device', 'sign_in_attempt']) {
    await expect(house.engine.database.bare(`select * from foundation.${table}`)).rejects.toThrow(/permission denied/)
  }
  await expect(house.engine.database.bare('select password_hash from foundation.user')).rejects.toThrow(
    /permission denied/,
  )
  for (const sql of [
    "update foundation.sign_in_event set what = 'x'",
    "insert into foundation.sign_in_event (what) values ('x')",
  ])
    await expect(house.engine.database.bare(sql)).rejects.toThrow(/permission denied/)
})

test('a failure of which nothing was counted does not lock', async () => {
  const [person] = await asOwner<{ id: string }>(house, 'select id from foundation.user where email = $1', [cast.staff])
  await house.engine.database.bare("select foundation.fail_sign_in($1, $2, null, '127.0.0.1', 'r')", [
    cast.staff,
    person?.id,
  ])
  expect((await logIn(cast.staff, castPassword)).statusCode).toBe(200)
  expect((await journal(house, 2)).map(({ what }) => what)).toEqual(['signed-in', 'sign-in-failed'])
})

test('what a client says of where it comes from is believed only as far as a proxy says it', async () => {
  const proxied = await openHouse({ settings: { trustProxy: readTrustProxy('1') } })
  const from = async (one: TestHouse, forwarded: string) => {
    const headers = { 'x-forwarded-for': forwarded }
    const payload = { email: cast.staff, password: 'wrong' }
    await one.app.inject({ method: 'POST', url: '/api/v1/auth/login', payload, headers, remoteAddress: '10.0.0.1' })
    return (await journal(one, 1))[0]?.address
  }
  expect(await from(proxied, '203.0.113.9')).toBe('203.0.113.9')
  expect(await from(proxied, '6.6.6.6, 203.0.113.9')).toBe('203.0.113.9')
  expect(await from(house, '6.6.6.6')).toBe('10.0.0.1')
  await proxied.close()
})
