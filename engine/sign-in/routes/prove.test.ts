import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { asOwner, cast, castPassword, openHouse, type TestHouse } from '../../testing/index.ts'
import { Browser } from '../testing/browser.ts'
import { addApp, addPasskey, authApi, clockStandsStill, codeOf, showPasskey } from '../testing/factors.ts'
import { forgetTries, journal, passWindow } from '../testing/owner.ts'

clockStandsStill()

let house: TestHouse
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())
beforeEach(() => forgetTries(house))

/** Somebody of the cast whose session was proven three hours ago. */
async function longInside(email: string) {
  const { token } = await house.as(email)
  return { token, send: authApi(house.app, token), tire: () => tire(email) }
}
const tire = (email: string) =>
  asOwner(
    house,
    `update foundation.session set proved_at = now() - interval '3 hours'
    where user_id = (select id from foundation.user where email = $1)`,
    [email],
  )

type Send = ReturnType<typeof authApi>
const isFresh = async (send: Send) => (await send('POST', 'totp', {})).statusCode === 200
const by = {
  password: (send: Send, password = castPassword) => send('POST', 'prove', { method: 'password', password }),
  code: (send: Send, code: string) => send('POST', 'prove', { method: 'totp', code }),
}

test('a password proves those who have no second factor, and nobody else', async () => {
  const { token, send, tire: rest } = await longInside(cast.staff)
  await rest()
  expect(await isFresh(send)).toBe(false)
  const wrong = await by.password(send, 'wrong')
  expect([wrong.statusCode, wrong.json().code]).toEqual([422, 'wrong_proof'])
  const right = await by.password(send)
  expect([right.statusCode, right.body]).toEqual([204, ''])
  expect(await isFresh(send)).toBe(true)
  expect((await journal(house, 2)).map(({ what }) => what)).toEqual(['proved', 'proof-failed'])
  await addApp(house.app, token)
  await rest()
  expect((await by.password(send)).json().code).toBe('wrong_method')
  expect(await isFresh(send)).toBe(false)
})

test('a code of the app, a recovery code and a passkey prove it, each code once', async () => {
  const { token, send, tire: rest } = await longInside(cast.officer)
  const { secret, codes = [] } = await addApp(house.app, token)
  const { authenticator } = await addPasskey(house.app, token)
  const recovery = { method: 'recovery-code', code: codes[0] }
  const passkey = async () => ({ method: 'passkey', ...(await showPasskey(house.app, authenticator)) })
  await rest()
  expect((await by.code(send, codeOf(secret))).statusCode).toBe(204)
  expect(await isFresh(send)).toBe(true)
  expect((await by.code(send, codeOf(secret))).statusCode).toBe(422)
  await rest()
  expect((await send('POST', 'prove', recovery)).statusCode).toBe(204)
  expect((await send('POST', 'prove', recovery)).statusCode).toBe(422)
  await rest()
  const shown = await passkey()
  expect((await send('POST', 'prove', shown)).statusCode).toBe(204)
  expect(await isFresh(send)).toBe(true)
  expect((await send('POST', 'prove', shown)).statusCode).toBe(422)
})

test('the factor that proves a session makes it one of two factors', async () => {
  const { token } = await longInside(cast.treasurer)
  const { secret } = await addApp(house.app, token)
  const older = await house.as(cast.treasurer)
  await asOwner(house, "update foundation.role set requires_second_factor = true where name = 'treasurer'")
  expect((await older.get('/catalog')).json().code).toBe('second_factor_missing')
  expect((await by.code(authApi(house.app, older.token), codeOf(secret))).statusCode).toBe(204)
  expect((await older.get('/catalog')).statusCode).toBe(200)
  await asOwner(house, "update foundation.role set requires_second_factor = false where name = 'treasurer'")
})

test('five guesses a quarter of an hour, and the tenth wrong one ends the session and no other', async () => {
  const { send } = await longInside(cast.organizer)
  const { send: other } = await longInside(cast.organizer)
  const wrong = async () => (await by.password(send, 'wrong')).statusCode
  for (let time = 0; time < 5; time++) expect(await wrong()).toBe(422)
  expect((await by.password(send)).statusCode).toBe(429)
  expect((await by.password(other)).statusCode).toBe(204)
  await passWindow(house)
  for (let time = 0; time < 5; time++) expect(await wrong()).toBe(422)
  expect((await send('GET', 'me')).statusCode).toBe(401)
  expect((await other('GET', 'me')).statusCode).toBe(200)
  expect(
    (await authApi(house.app)('POST', 'login', { email: cast.organizer, password: castPassword })).statusCode,
  ).toBe(200)
})

test('of 40 guesses side by side five are looked at', async () => {
  const { send } = await longInside(cast.instructor)
  const replies = await Promise.all(Array.from({ length: 40 }, () => by.password(send, 'wrong')))
  expect(replies.filter(({ statusCode }) => statusCode === 422)).toHaveLength(5)
})

test("another person's passkey proves nothing", async () => {
  const { token } = await longInside(cast.coopStaff)
  const { authenticator: theirs } = await addPasskey(house.app, token)
  const { token: mine, send, tire: rest } = await longInside(cast.coopMember)
  await addPasskey(house.app, mine)
  await rest()
  const reply = await send('POST', 'prove', { method: 'passkey', ...(await showPasskey(house.app, theirs)) })
  expect([reply.statusCode, reply.json().code]).toEqual([422, 'wrong_proof'])
  expect(await isFresh(send)).toBe(false)
})

test('it takes a living session, and from a browser its security token', async () => {
  expect((await by.password(authApi(house.app))).statusCode).toBe(401)
  const browser = new Browser(house.app)
  await browser.logIn(cast.admin, castPassword)
  const proof = { method: 'password', password: castPassword }
  expect((await browser.post('/api/v1/auth/prove', proof, { 'x-csrf-token': 'forged' })).json().code).toBe('csrf')
  expect((await browser.post('/api/v1/auth/prove', proof)).statusCode).toBe(204)
})

test.each([
  ['a password that is not there', { method: 'password' }, 'password'],
  ['a method that nobody knows', { method: 'charm' }, 'method'],
  ['no method', {}, 'method'],
  ['a code that is a number', { method: 'totp', code: 123456 }, 'code'],
])('%s is refused with a sentence about it', async (_name, body, path) => {
  const { send } = await longInside(cast.member)
  const reply = await send('POST', 'prove', body)
  expect(reply.statusCode).toBe(422)
  expect(reply.json().errors[0]).toMatchObject({ path, message: expect.stringMatching(/^[A-Z][^{}]+[.]$/) })
})
