import type * as Argon2 from '@node-rs/argon2'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { cast, castPassword, openHouse, type TestHouse } from '../testing/index.ts'
import type { Authenticator } from './testing/authenticator.ts'
import { Browser } from './testing/browser.ts'
import { addApp, addPasskey, authApi, clockStandsStill, showPasskey } from './testing/factors.ts'
import { asOwner, forgetTries, journal, passWindow } from './testing/owner.ts'

clockStandsStill()

const looked = vi.hoisted(() => {
  // Files of tests share what they have read into memory: the house is read anew, around the library that counts.
  vi.resetModules()
  return { at: 0, together: 0, most: 0 }
})

/** The real thing, counted. */
vi.mock('@node-rs/argon2', async (original) => {
  const real = await original<typeof Argon2>()
  const verify: typeof real.verify = async (...given) => {
    looked.at += 1
    looked.most = Math.max(looked.most, (looked.together += 1))
    return await real.verify(...given).finally(() => (looked.together -= 1))
  }
  return { ...real, verify }
})

let house: TestHouse
let passkey: Authenticator
const own = () => new Browser(house.app, '198.51.100.7')
let known: Browser

beforeAll(async () => {
  house = await openHouse()
  known = own()
  await known.logIn(cast.officer, castPassword)
  passkey = (await addPasskey(house.app, (await house.as(cast.officer)).token)).authenticator
})
afterAll(async () => {
  await house.close()
  vi.resetModules()
})
beforeEach(async () => {
  await forgetTries(house)
  Object.assign(looked, { at: 0, together: 0, most: 0 })
})

const guesses = 1_000
/** Fifty addresses, each in a network of its own. */
const address = (guess: number) => `203.0.${guess % 50}.9`

/** A thousand tries, a hundred side by side; after each hundred a quarter of an hour passes. */
async function attack(guess: (number: number) => Promise<{ statusCode: number }>): Promise<Map<number, number>> {
  const answers = new Map<number, number>()
  for (let begun = 0; begun < guesses; begun += 100) {
    const replies = await Promise.all(Array.from({ length: 100 }, (_, number) => guess(begun + number)))
    for (const { statusCode } of replies) answers.set(statusCode, (answers.get(statusCode) ?? 0) + 1)
    await passWindow(house)
  }
  return answers
}

test('of 1,000 guesses from 50 addresses at most 100 are looked at, two at once; the owner gets in', async () => {
  const answers = await attack((number) =>
    authApi(house.app)('POST', 'login', { email: cast.officer, password: `Guess-${number}-wrong` }, address(number)),
  )
  expect([...answers.values()].reduce((sum, many) => sum + many)).toBe(guesses)
  expect(answers.get(200)).toBeUndefined()
  expect(looked.at).toBe(answers.get(401))
  expect(looked.at).toBe(10)
  expect(looked.most).toBeLessThanOrEqual(2)
  const stranger = await authApi(house.app)('POST', 'login', { email: cast.officer, password: castPassword })
  expect(stranger.statusCode).toBe(423)

  const shown = await showPasskey(house.app, passkey)
  expect((await authApi(house.app)('POST', 'passkey/login', shown, '203.0.7.9')).statusCode).toBe(200)
  // The known browser asks for the second step as ever, and not to wait or to unlock.
  expect((await known.logIn(cast.officer, castPassword)).json().code).toBe('second_factor')
})

test('without a second factor the owner still gets in from a browser they have used before', async () => {
  const browser = own()
  await browser.logIn(cast.staff, castPassword)
  await attack((number) =>
    authApi(house.app)('POST', 'login', { email: cast.staff, password: `Guess-${number}-wrong` }, address(number)),
  )
  expect((await own().logIn(cast.staff, castPassword)).statusCode).toBe(423)
  expect((await browser.logIn(cast.staff, castPassword)).statusCode).toBe(200)
})

test('whoever knows the password guesses codes no better', async () => {
  const { token } = await house.as(cast.treasurer)
  await addApp(house.app, token)
  const { authenticator } = await addPasskey(house.app, token)
  const { ticket } = (
    await authApi(house.app)('POST', 'login', { email: cast.treasurer, password: castPassword })
  ).json() as { ticket: string }
  const answers = await attack((number) => {
    const code = String(number).padStart(6, '0')
    return authApi(house.app)('POST', 'second-factor', { ticket, method: 'totp', code }, address(number))
  })
  expect(answers.get(401)).toBeLessThanOrEqual(10)
  expect(answers.get(200)).toBeUndefined()
  expect((await journal(house, 1))[0]).toMatchObject({ what: 'account-locked', email: cast.treasurer })
  const shown = await showPasskey(house.app, authenticator)
  expect((await authApi(house.app)('POST', 'passkey/login', shown)).statusCode).toBe(200)
})

test('a thousand false passkeys keep nobody out, and leave at most a hundred lines per network', async () => {
  const before = await asOwner<{ n: number }>(house, 'select count(*)::int as n from foundation.sign_in_event')
  const { challenge, credential } = await showPasskey(house.app, passkey)
  const forged = { ...credential, response: { ...credential.response, signature: 'MEUCIQ' } }
  for (let begun = 0; begun < guesses; begun += 100) {
    await Promise.all(
      Array.from({ length: 100 }, () =>
        authApi(house.app)('POST', 'passkey/login', { challenge, credential: forged }, '203.0.113.5'),
      ),
    )
  }
  const after = await asOwner<{ n: number }>(house, 'select count(*)::int as n from foundation.sign_in_event')
  expect((after[0]?.n ?? 0) - (before[0]?.n ?? 0)).toBe(100)
  expect((await authApi(house.app)('POST', 'passkey/login', { challenge, credential }, '203.0.113.5')).statusCode).toBe(
    200,
  )
})
