import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { cast, castPassword, openHouse, type TestHouse } from '../../testing/index.ts'
import { Browser } from '../testing/browser.ts'
import { addApp, addPasskey, authApi, clockStandsStill, codeOf, showPasskey } from '../testing/factors.ts'
import { asOwner, forgetTries, journal, passWindow } from '../testing/owner.ts'

clockStandsStill()

let house: TestHouse
/** Secrets of the apps of those who have one. */
const secrets = new Map<string, string>()

beforeAll(async () => {
  house = await openHouse()
  for (const email of [cast.officer, cast.staff, cast.treasurer, cast.organizer]) {
    const { token } = await house.as(email)
    secrets.set(email, (await addApp(house.app, token)).secret)
  }
})
afterAll(() => house.close())
beforeEach(async () => {
  await forgetTries(house)
  await asOwner(house, 'update foundation.user set locked_at = null')
  // Each test has the code of this half minute for itself.
  await asOwner(house, 'update foundation.totp set last_step = 0')
})

const send = (path: string, body: object) => authApi(house.app)('POST', path, body)
const logIn = (email: string) => send('login', { email, password: castPassword })
const ticketOf = async (email: string): Promise<string> => (await logIn(email)).json().ticket
const enter = (ticket: string, code: string) => send('second-factor', { ticket, method: 'totp', code })
const code = (email: string, steps = 0) => codeOf(secrets.get(email) ?? '', steps)
/** A code that no app shows now. */
const wrong = (email: string) => {
  const near = [-2, -1, 0, 1, 2].map((steps) => code(email, steps))
  return ['000000', '111111', '222222', '333333', '444444', '555555'].find((one) => !near.includes(one)) ?? ''
}

test('each code works once, also from two sides at a time, and so does each ticket', async () => {
  const [one, two] = [await ticketOf(cast.staff), await ticketOf(cast.staff)]
  const replies = await Promise.all([one, two, one, two].map((ticket) => enter(ticket, code(cast.staff))))
  expect(replies.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b)).toEqual([200, 401, 401, 401])
  const used = replies[0]?.statusCode === 200 || replies[2]?.statusCode === 200 ? one : two
  expect((await enter(used, code(cast.staff, 1))).statusCode).toBe(401)
})

test('of codes, an older one does not work after a newer', async () => {
  expect((await enter(await ticketOf(cast.staff), code(cast.staff))).statusCode).toBe(200)
  expect((await enter(await ticketOf(cast.staff), code(cast.staff, -1))).statusCode).toBe(401)
  expect((await enter(await ticketOf(cast.staff), code(cast.staff, 1))).statusCode).toBe(200)
})

test('a wrong code says so, is noted, and does not spend the ticket', async () => {
  const ticket = await ticketOf(cast.staff)
  const reply = await enter(ticket, wrong(cast.staff))
  expect([reply.statusCode, reply.json()]).toMatchObject([401, { code: 'wrong_code', detail: /each works once/ }])
  expect(await journal(house, 1)).toMatchObject([{ what: 'second-factor-failed', email: cast.staff }])
  expect((await enter(ticket, code(cast.staff))).statusCode).toBe(200)
})

test('codes are tried no oftener than passwords, and ten wrong in a row lock', async () => {
  const ticket = await ticketOf(cast.treasurer)
  for (let time = 0; time < 4; time++) expect((await enter(ticket, wrong(cast.treasurer))).statusCode).toBe(401)
  const limited = await enter(ticket, code(cast.treasurer))
  expect([limited.statusCode, limited.json().code]).toEqual([429, 'too_many'])
  for (let round = 0; round < 6; round++) {
    if (round % 3 === 0) await passWindow(house)
    await enter(ticket, wrong(cast.treasurer))
  }
  await passWindow(house)
  const locked = await enter(ticket, code(cast.treasurer))
  expect([locked.statusCode, locked.json().code]).toEqual([423, 'locked'])
  expect((await logIn(cast.treasurer)).statusCode).toBe(423)
})

test('the right password does not begin the count anew: only the second step does', async () => {
  const statuses: number[] = []
  for (let time = 0; time < 6; time++) statuses.push((await logIn(cast.staff)).statusCode)
  expect(statuses).toEqual([401, 401, 401, 401, 401, 429])
  await passWindow(house)
  expect((await enter(await ticketOf(cast.staff), code(cast.staff))).statusCode).toBe(200)
  expect((await logIn(cast.staff)).json().code).toBe('second_factor')
})

test('a known browser gets in with both steps past the lock; its ticket is good there alone', async () => {
  const own = new Browser(house.app)
  const step = async (browser: Browser, ticket: string, steps: number) =>
    browser.post('/api/v1/auth/second-factor', {
      ticket,
      method: 'totp',
      code: code(cast.officer, steps),
      session: 'cookie',
    })
  const { ticket } = (await own.logIn(cast.officer, castPassword)).json()
  expect((await step(own, ticket, -1)).statusCode).toBe(200)
  await asOwner(house, 'update foundation.user set locked_at = now() where email = $1', [cast.officer])
  expect((await new Browser(house.app).logIn(cast.officer, castPassword)).statusCode).toBe(423)
  const again = await own.logIn(cast.officer, castPassword)
  expect(again.json().code).toBe('second_factor')
  const elsewhere = await step(new Browser(house.app), again.json().ticket, 0)
  expect([elsewhere.statusCode, elsewhere.json().code]).toEqual([401, 'ticket_spent'])
  expect((await step(own, again.json().ticket, 0)).statusCode).toBe(200)
  expect((await own.get('/api/v1/auth/me')).statusCode).toBe(200)
})

test('a ticket ends with a new password, and when the person is disabled', async () => {
  const ticket = await ticketOf(cast.organizer)
  const set = (sql: string) => asOwner(house, `update foundation.user set ${sql} where email = $1`, [cast.organizer])
  const [kept] = await asOwner<{ password_hash: string }>(
    house,
    'select password_hash from foundation.user where email = $1',
    [cast.organizer],
  )
  await set("password_hash = 'another'")
  expect((await enter(ticket, code(cast.organizer))).statusCode).toBe(401)
  await asOwner(house, 'update foundation.user set password_hash = $2 where email = $1', [
    cast.organizer,
    kept?.password_hash,
  ])
  await set('disabled_at = now()')
  expect((await enter(ticket, code(cast.organizer))).statusCode).toBe(401)
  await set('disabled_at = null')
  expect((await enter(ticket, code(cast.organizer))).statusCode).toBe(200)
})

test('a passkey gets in while the account is locked, and stays out when the person is disabled', async () => {
  const { token } = await house.as(cast.admin)
  const { authenticator } = await addPasskey(house.app, token)
  const by = async () => send('passkey/login', await showPasskey(house.app, authenticator))
  await asOwner(house, 'update foundation.user set locked_at = now() where email = $1', [cast.admin])
  expect((await logIn(cast.admin)).statusCode).toBe(423)
  expect((await by()).statusCode).toBe(200)
  await asOwner(house, 'update foundation.user set disabled_at = now() where email = $1', [cast.admin])
  expect((await by()).statusCode).toBe(401)
})

test('a passkey in a browser brings cookies, and makes the browser known', async () => {
  const { token } = await house.as(cast.instructor)
  const { authenticator } = await addPasskey(house.app, token)
  const browser = new Browser(house.app)
  const { challenge, credential } = await showPasskey(house.app, authenticator)
  const body = { challenge, credential, session: 'cookie' }
  const forged = await browser.post('/api/v1/auth/passkey/login', body, { 'sec-fetch-site': 'cross-site' })
  expect([forged.statusCode, forged.json().code]).toEqual([403, 'csrf'])
  const reply = await browser.post('/api/v1/auth/passkey/login', body)
  expect(reply.statusCode).toBe(200)
  expect(reply.json()).not.toHaveProperty('access_token')
  expect([...browser.cookies.keys()].toSorted()).toEqual([
    '__Host-access',
    '__Host-csrf',
    '__Host-device',
    '__Host-refresh',
  ])
})
