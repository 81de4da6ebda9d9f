import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cast, openHouse, type TestHouse } from '../testing/index.ts'
import { Authenticator } from './testing/authenticator.ts'
import { addPasskey, authApi } from './testing/factors.ts'
import { forgetTries } from './testing/owner.ts'
import { ratioOfTimes } from './testing/same-time.ts'

let house: TestHouse
let passkey: Authenticator
let asked: { challenge: string; options: { challenge: string } }
const stranger = new Authenticator()

beforeAll(async () => {
  house = await openHouse()
  passkey = (await addPasskey(house.app, (await house.as(cast.officer)).token)).authenticator
  asked = (await authApi(house.app)('POST', 'passkey/challenge', {})).json()
})
afterAll(() => house.close())

const send = (path: string, body: object) => authApi(house.app)('POST', path, body)
const nobody = (round: number) => `nobody${round}@nowhere.example`

/** What takes two thousandths of a second is told apart from noise by more tries than what takes forty. */
const pairs = { slow: 32, fast: 160 } as const

const asks = {
  'a wrong password': (email: string) => send('login', { email, password: 'Blue-Kettle-42' }),
  'a link for a new password': (email: string) => send('password/reset-request', { email }),
} as const

const show = (authenticator: Authenticator) => {
  const credential = authenticator.get(asked.options, { origin: 'https://evil.example' })
  return send('passkey/login', { challenge: asked.challenge, credential })
}

const told = (reply: Awaited<ReturnType<typeof send>>) => ({
  ...(reply.json() as object),
  request_id: '',
  status: reply.statusCode,
  headers: Object.keys(reply.headers),
})

describe.each(Object.entries(asks))('%s', (name, ask) => {
  test('gets the same words and status for an address that nobody has', async () => {
    await forgetTries(house)
    expect(told(await ask(nobody(0)))).toEqual(told(await ask(cast.staff)))
  })

  test('takes the same time', async () => {
    const ratio = await ratioOfTimes(
      (round) => ask(nobody(round)),
      () => ask(cast.staff),
      () => forgetTries(house),
      name.includes('link') ? pairs.fast : pairs.slow,
    )
    expect(ratio).toBeGreaterThan(0.8)
    expect(ratio).toBeLessThan(1.25)
  })
})

describe('a passkey that does not work', () => {
  test('gets the same words and status when nobody has it', async () => {
    expect(told(await show(stranger))).toEqual(told(await show(passkey)))
  })

  test('takes the same time', async () => {
    const ratio = await ratioOfTimes(
      () => show(stranger),
      () => show(passkey),
      () => forgetTries(house),
      pairs.fast,
    )
    expect(ratio).toBeGreaterThan(0.8)
    expect(ratio).toBeLessThan(1.25)
  })
})

test('the challenge is the same for everybody: it names no passkey', async () => {
  expect(Object.keys(asked.options).toSorted()).toEqual(['challenge', 'rpId', 'timeout', 'userVerification'])
  expect(asked.options).toMatchObject({ rpId: 'localhost', userVerification: 'required' })
})

test('the measure finds a difference where there is one', async () => {
  const ratio = await ratioOfTimes(
    () => send('login', { email: cast.staff, password: '' }),
    () => asks['a wrong password'](cast.staff),
    () => forgetTries(house),
    pairs.slow,
    1,
  )
  expect(ratio).toBeLessThan(0.5)
})
