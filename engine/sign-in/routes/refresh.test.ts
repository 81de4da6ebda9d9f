import { afterAll, beforeAll, expect, test } from 'vitest'
import { cast, castPassword, openHouse, type TestHouse } from '../../testing/index.ts'
import { Browser } from '../testing/browser.ts'
import { asOwner, journal } from '../testing/owner.ts'

let house: TestHouse

beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())

const post = (path: string, payload?: object, headers: Record<string, string> = {}) =>
  house.app.inject({ method: 'POST', url: `/api/v1/auth/${path}`, headers, ...(payload ? { payload } : {}) })

const tokensOf = async (email = cast.staff) =>
  (await post('login', { email, password: castPassword })).json() as { access_token: string; refresh_token: string }

const me = (token: string) =>
  house.app.inject({ url: '/api/v1/auth/me', headers: { authorization: `Bearer ${token}` } })

test('a refresh token is changed for new tokens of the same session', async () => {
  const first = await tokensOf()
  const reply = await post('refresh', { refresh_token: first.refresh_token })
  expect(reply.statusCode).toBe(200)
  const second = reply.json()
  expect(second).toMatchObject({ token_type: 'Bearer', expires_in: 900, user: { email: cast.staff } })
  expect(second.refresh_token).not.toBe(first.refresh_token)
  expect((await me(second.access_token)).statusCode).toBe(200)
  expect((await journal(house, 1))[0]?.what).toBe('session-refreshed')
})

test('a refresh token that comes back ends the session for everybody who holds it', async () => {
  const first = await tokensOf()
  const second = (await post('refresh', { refresh_token: first.refresh_token })).json()
  expect((await me(second.access_token)).statusCode).toBe(200)
  expect((await post('refresh', { refresh_token: first.refresh_token })).statusCode).toBe(401)
  expect((await post('refresh', { refresh_token: second.refresh_token })).statusCode).toBe(401)
  expect((await me(first.access_token)).statusCode).toBe(401)
  expect((await me(second.access_token)).statusCode).toBe(401)
  expect((await journal(house, 1))[0]?.what).toBe('refresh-reused')
})

test('of 20 refreshes side by side with one token one succeeds, and the session ends', async () => {
  const { refresh_token, access_token } = await tokensOf()
  const replies = await Promise.all(Array.from({ length: 20 }, () => post('refresh', { refresh_token })))
  const won = replies.filter(({ statusCode }) => statusCode === 200)
  expect(won).toHaveLength(1)
  expect(replies.filter(({ statusCode }) => statusCode === 401)).toHaveLength(19)
  expect((await post('refresh', { refresh_token: won[0]!.json().refresh_token })).statusCode).toBe(401)
  expect((await me(access_token)).statusCode).toBe(401)
})

test("one session's end is not another's", async () => {
  const [one, other] = [await tokensOf(), await tokensOf()]
  await post('logout', {}, { authorization: `Bearer ${one.access_token}` })
  expect((await me(one.access_token)).statusCode).toBe(401)
  expect((await me(other.access_token)).statusCode).toBe(200)
})

test.each([
  ['made up', 'A'.repeat(43)],
  ['too short', 'abc'],
  ['an access token', ''],
  ['SQL', "' or 1=1 --"],
  ['NUL', `${'A'.repeat(42)}\u0000`],
])('a refresh token that is %s is refused', async (_name, token) => {
  const given = token || (await tokensOf()).access_token.slice(0, 200)
  expect((await post('refresh', { refresh_token: given })).statusCode).toBe(401)
})

test('no refresh token at all is 401', async () => {
  expect((await post('refresh')).statusCode).toBe(401)
  expect((await post('refresh', {})).statusCode).toBe(401)
  expect((await post('refresh', { token: 'x' })).statusCode).toBe(422)
})

test('after seven days without a refresh the session is over', async () => {
  const { refresh_token } = await tokensOf()
  await asOwner(house, 'update foundation.session set expires_at = now() where ended_at is null')
  expect((await post('refresh', { refresh_token })).statusCode).toBe(401)
})

test('a session lives a week after its last refresh, and ninety days at most', async () => {
  const { refresh_token } = await tokensOf(cast.organizer)
  const days = async () => {
    const [row] = await asOwner<{ days: number }>(
      house,
      `select round(extract(epoch from expires_at - now()) / 86400, 2)::float as days
      from foundation.session where ended_at is null and user_id = (select id from foundation.user where email = $1)`,
      [cast.organizer],
    )
    return row?.days
  }
  expect(await days()).toBe(7)
  await asOwner(house, "update foundation.session set started_at = now() - interval '88 days'")
  expect((await post('refresh', { refresh_token })).statusCode).toBe(200)
  expect(await days()).toBe(2)
})

test('who is disabled cannot refresh', async () => {
  const { refresh_token } = await tokensOf(cast.instructor)
  await asOwner(house, 'update foundation.user set disabled_at = now() where email = $1', [cast.instructor])
  expect((await post('refresh', { refresh_token })).statusCode).toBe(401)
})

test('signing out ends the session at once: neither token opens anything more', async () => {
  const { access_token, refresh_token } = await tokensOf(cast.officer)
  const headers = { authorization: `Bearer ${access_token}` }
  const members = () => house.app.inject({ url: '/api/v1/orgs/local-100/members', headers })
  expect((await members()).statusCode).toBe(200)
  const reply = await post('logout', undefined, headers)
  expect([reply.statusCode, reply.body]).toEqual([204, ''])
  expect((await members()).statusCode).toBe(401)
  expect((await me(access_token)).statusCode).toBe(401)
  expect((await post('refresh', { refresh_token })).statusCode).toBe(401)
})

test('signing out by the refresh token alone works; without any token it is 401', async () => {
  const { access_token, refresh_token } = await tokensOf()
  expect((await post('logout', { refresh_token })).statusCode).toBe(204)
  expect((await me(access_token)).statusCode).toBe(401)
  expect((await post('logout')).statusCode).toBe(401)
})

test('what nobody can use any more is forgotten at night, and what is in use stays', async () => {
  const { refresh_token } = await tokensOf(cast.admin)
  const old = await tokensOf(cast.member)
  await post('logout', { refresh_token: old.refresh_token })
  await asOwner(house, `update foundation.session set ended_at = now() - interval '91 days' where ended_at is not null`)
  await house.engine.database.bare('select foundation.forget_expired_sign_in()')
  expect(await asOwner(house, 'select from foundation.session where ended_at is not null')).toEqual([])
  expect((await post('refresh', { refresh_token: old.refresh_token })).statusCode).toBe(401)
  expect((await post('refresh', { refresh_token })).statusCode).toBe(200)
})

test('a browser refreshes by cookie', async () => {
  const browser = new Browser(house.app)
  await browser.logIn(cast.staff, castPassword)
  const before = new Map(browser.cookies)
  const reply = await browser.post('/api/v1/auth/refresh')
  expect(reply.statusCode).toBe(200)
  expect(reply.json()).not.toHaveProperty('refresh_token')
  expect(browser.cookies.get('__Host-refresh')).not.toBe(before.get('__Host-refresh'))
  browser.cookies.set('__Host-refresh', before.get('__Host-refresh')!)
  expect((await browser.post('/api/v1/auth/refresh')).statusCode).toBe(401)
  expect(browser.cookies.has('__Host-access')).toBe(false)
})
