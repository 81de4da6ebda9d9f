import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { cast, castPassword, openHouse, type TestHouse } from '../../testing/index.ts'
import { addApp, addPasskey, authApi, codeOf, showPasskey } from '../testing/factors.ts'
import { forgetTries } from '../testing/owner.ts'

let house: TestHouse
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house.close())
beforeEach(() => forgetTries(house))

const anybody = (...[method, path, body]: Parameters<ReturnType<typeof authApi>>) =>
  authApi(house.app)(method, path, body)
const logIn = (email: string) => anybody('POST', 'login', { email, password: castPassword })

test('a passkey signs in without an e-mail address or a password', async () => {
  const { token } = await house.as(cast.officer)
  const { authenticator, codes } = await addPasskey(house.app, token)
  expect(codes).toHaveLength(10)
  const reply = await anybody('POST', 'passkey/login', await showPasskey(house.app, authenticator))
  expect([reply.statusCode, reply.json()]).toMatchObject([200, { user: { email: cast.officer } }])
  expect((await logIn(cast.officer)).json()).toMatchObject({
    code: 'second_factor',
    ticket: expect.any(String),
    methods: ['passkey', 'recovery-code'],
  })
})

test('a password, and then a code of the app', async () => {
  const { token } = await house.as(cast.staff)
  const { secret, codes } = await addApp(house.app, token)
  expect(codes).toHaveLength(10)
  const { ticket, methods } = (await logIn(cast.staff)).json()
  expect(methods).toEqual(['totp', 'recovery-code'])
  const reply = await anybody('POST', 'second-factor', { ticket, method: 'totp', code: codeOf(secret) })
  expect([reply.statusCode, reply.json()]).toMatchObject([200, { user: { email: cast.staff } }])
  const own = await authApi(house.app, reply.json().access_token)('GET', 'factors')
  expect([own.statusCode, own.json()]).toMatchObject([200, { prove_with: ['totp', 'recovery-code'] }])
})
