import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { cast, castPassword, openHouse, type TestHouse } from '../testing/index.ts'
import { Browser } from './testing/browser.ts'

let house: TestHouse
let browser: Browser

beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())
beforeEach(async () => {
  browser = new Browser(house.app)
  await browser.logIn(cast.staff, castPassword)
})

const members = '/api/v1/orgs/local-100/members'
let card = 0
const person = () => ({ card_number: `forgery-${++card}`, first_name: 'Mother', last_name: 'Jones' })

test('the cookies are bound to the host, and only the CSRF token can be read by scripts', async () => {
  const reply = await new Browser(house.app).logIn(cast.staff, castPassword)
  const lines = reply.headers['set-cookie'] as string[]
  expect(lines.map((line) => line.replace(/=[^;]+/, '='))).toEqual([
    '__Host-device=; Path=/; Max-Age=34560000; Secure; HttpOnly; SameSite=Lax',
    '__Host-access=; Path=/; Max-Age=900; Secure; HttpOnly; SameSite=Lax',
    '__Host-refresh=; Path=/; Max-Age=604800; Secure; HttpOnly; SameSite=Lax',
    '__Host-csrf=; Path=/; Max-Age=604800; Secure; SameSite=Lax',
  ])
  expect(Object.keys(reply.json()).toSorted()).toEqual(['expires_in', 'orgs', 'user'])
})

test('reading needs no CSRF token, writing does', async () => {
  expect((await browser.get(members)).statusCode).toBe(200)
  expect((await browser.get('/api/v1/auth/me')).statusCode).toBe(200)
  expect((await browser.post(members, person())).statusCode).toBe(201)
  const without = await browser.post(members, person(), { 'x-csrf-token': '' })
  expect([without.statusCode, without.json().code]).toEqual([403, 'csrf'])
})

test.each(['/api/v1/auth/logout', '/api/v1/auth/refresh', members])('%s is refused without its token', async (url) => {
  expect((await browser.post(url, {}, { 'x-csrf-token': '' })).statusCode).toBe(403)
  expect((await browser.get('/api/v1/auth/me')).statusCode).toBe(200)
})

test('a token of another session, of another server, or only in the header is refused', async () => {
  const other = new Browser(house.app)
  await other.logIn(cast.organizer, castPassword)
  const stolen = other.cookies.get('__Host-csrf')!
  const own = browser.cookies.get('__Host-csrf')!
  expect((await browser.post(members, person(), { 'x-csrf-token': stolen })).statusCode).toBe(403)
  browser.cookies.set('__Host-csrf', stolen)
  expect((await browser.post(members, person(), { 'x-csrf-token': stolen })).statusCode).toBe(403)
  const forged = `${own.split('.')[0]}.${'A'.repeat(43)}`
  browser.cookies.set('__Host-csrf', forged)
  expect((await browser.post(members, person(), { 'x-csrf-token': forged })).statusCode).toBe(403)
  browser.cookies.delete('__Host-csrf')
  expect((await browser.post(members, person(), { 'x-csrf-token': own })).statusCode).toBe(403)
})

test.each([
  [{ 'sec-fetch-site': 'cross-site' }],
  [{ 'sec-fetch-site': 'same-site' }],
  [{ origin: 'https://evil.example' }],
  [{ origin: 'null' }],
  [{ origin: 'http://127.0.0.1.evil.example' }],
])('a page of another site gets nowhere: %j', async (headers) => {
  const sent = { host: '127.0.0.1:3000', ...(headers as unknown as Record<string, string>) }
  expect((await browser.post(members, person(), sent)).statusCode).toBe(403)
  expect((await browser.post('/api/v1/auth/refresh', {}, sent)).statusCode).toBe(403)
  expect(
    (await browser.post('/api/v1/auth/login', { email: cast.staff, password: castPassword, session: 'cookie' }, sent))
      .statusCode,
  ).toBe(403)
})

test.each([
  [{ 'sec-fetch-site': 'same-origin', origin: 'http://127.0.0.1:3000' }],
  [{ origin: 'http://127.0.0.1:3000' }],
  [{ 'sec-fetch-site': 'none' }],
])('our own pages get through: %j', async (headers) => {
  const sent = { host: '127.0.0.1:3000', ...(headers as unknown as Record<string, string>) }
  expect((await browser.post(members, person(), sent)).statusCode).toBe(201)
})

test('programs with a token need no CSRF token, and their token wins over a cookie', async () => {
  const { token } = await house.as(cast.organizer)
  const reply = await browser.get('/api/v1/auth/me', { authorization: `Bearer ${token}` })
  expect(reply.json().user.email).toBe(cast.organizer)
  const wrong = await browser.get('/api/v1/auth/me', { authorization: 'Bearer x' })
  expect([wrong.statusCode, wrong.headers['www-authenticate']]).toEqual([401, 'Bearer'])
})

test('signing out takes the session out of the browser but leaves the device known', async () => {
  expect((await browser.post('/api/v1/auth/logout')).statusCode).toBe(204)
  expect([...browser.cookies.keys()]).toEqual(['__Host-device'])
})

test('signing out also works when the access cookie has run out', async () => {
  const refresh = browser.cookies.get('__Host-refresh')!
  browser.cookies.delete('__Host-access')
  expect((await browser.post('/api/v1/auth/logout')).statusCode).toBe(204)
  const reply = await house.app.inject({
    method: 'POST',
    url: '/api/v1/auth/refresh',
    payload: { refresh_token: refresh },
  })
  expect(reply.statusCode).toBe(401)
})
