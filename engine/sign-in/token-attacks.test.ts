import { createHmac, generateKeyPairSync, sign as signRsa } from 'node:crypto'
import { SignJWT } from 'jose'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { deriveSecret } from '../settings.ts'
import { cast, castPassword, openHouse, type TestHouse } from '../testing/index.ts'
import { asOwner } from './testing/owner.ts'

type Claims = Record<string, unknown>

const now = () => Math.floor(Date.now() / 1_000)
const base64 = (part: unknown) =>
  Buffer.from(typeof part === 'string' ? part : JSON.stringify(part)).toString('base64url')
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })

let house: TestHouse
let secret: Uint8Array
let good: Claims
let token: string
let refreshToken: string

beforeAll(async () => {
  house = await openHouse()
  secret = new Uint8Array(deriveSecret(house.engine.settings, 'access tokens'))
  const reply = await logIn(cast.staff)
  token = reply.access_token
  refreshToken = reply.refresh_token
  good = JSON.parse(Buffer.from(token.split('.')[1]!, 'base64url').toString()) as Claims
})
afterAll(() => house.close())

async function logIn(email: string): Promise<{ access_token: string; refresh_token: string }> {
  const reply = await house.app.inject({
    method: 'POST',
    url: '/api/v1/auth/login',
    payload: { email, password: castPassword },
  })
  return reply.json()
}

/** Signed with the server's own secret: what must be refused for what it says. */
const signed = (claims: Claims, header: Claims = { alg: 'HS256', typ: 'JWT' }) =>
  new SignJWT(claims).setProtectedHeader(header as { alg: string }).sign(secret)

/** Signed by hand, with whatever key and header. */
function forged(header: Claims, key: string | Uint8Array, claims: Claims = good): string {
  const text = `${base64(header)}.${base64(claims)}`
  return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`
}

function signedByRsa(header: Claims): string {
  const text = `${base64(header)}.${base64(good)}`
  return `${text}.${signRsa('sha256', Buffer.from(text), privateKey).toString('base64url')}`
}

async function accepted(attack: string): Promise<boolean> {
  const headers = { authorization: `Bearer ${attack}` }
  const replies = await Promise.all(
    ['/api/v1/auth/me', '/api/v1/orgs/local-100/members'].map((url) => house.app.inject({ url, headers })),
  )
  for (const { statusCode } of replies) expect([200, 401]).toContain(statusCode)
  return replies.some(({ statusCode }) => statusCode === 200)
}

const pem = publicKey.export({ type: 'spki', format: 'pem' })
const [header, payload, signature] = [0, 1, 2].map((part) => () => token.split('.')[part]!) as [
  () => string,
  () => string,
  () => string,
]

const attacks: Readonly<Record<string, () => string | Promise<string>>> = {
  'alg none without a signature': () => `${base64({ alg: 'none', typ: 'JWT' })}.${payload()}.`,
  'alg None with the old signature': () => `${base64({ alg: 'None', typ: 'JWT' })}.${payload()}.${signature()}`,
  'no signature': () => `${header()}.${payload()}.`,
  'key confusion: HS256 with a public key': () => forged({ alg: 'HS256', typ: 'JWT' }, pem),
  'RS256 with a key of the attacker': () => signedByRsa({ alg: 'RS256', typ: 'JWT' }),
  'RS256 that brings its own key': () =>
    signedByRsa({ alg: 'RS256', typ: 'JWT', jwk: publicKey.export({ format: 'jwk' }) }),
  'HS512 with the right secret': () => signed(good, { alg: 'HS512', typ: 'JWT' }),
  'an empty secret': () => forged({ alg: 'HS256', typ: 'JWT' }, ''),
  'a guessed secret': () => forged({ alg: 'HS256', typ: 'JWT' }, 'secret'),
  'the secret itself, not the key made from it': () =>
    forged({ alg: 'HS256', typ: 'JWT' }, house.engine.settings.secret),
  'kid that names a file': () => forged({ alg: 'HS256', typ: 'JWT', kid: '../../../../dev/null' }, ''),
  'kid with SQL': () => forged({ alg: 'HS256', typ: 'JWT', kid: "x' union select 'key' --" }, 'key'),
  'jku that names a server': () => forged({ alg: 'HS256', typ: 'JWT', jku: 'http://127.0.0.1:9/keys' }, 'key'),
  'an unknown critical extension': () => forged({ alg: 'HS256', typ: 'JWT', crit: ['x'], x: 1 }, secret),
  expired: () => signed({ ...good, iat: now() - 1_000, exp: now() - 100 }),
  'never expires': () => signed({ ...good, exp: undefined }),
  'expires in a year': () => signed({ ...good, iat: now() - 1_000, exp: now() + 31_536_000 }),
  'another audience': () => signed({ ...good, aud: 'another-api' }),
  'no audience': () => signed({ ...good, aud: undefined }),
  'another issuer': () => signed({ ...good, iss: 'https://evil.example' }),
  'type refresh': () => signed({ ...good, type: 'refresh' }),
  'no type': () => signed({ ...good, type: undefined }),
  'another typ in the header': () => signed(good, { alg: 'HS256', typ: 'at+jwt' }),
  'issued in the future': () => signed({ ...good, iat: now() + 600, exp: now() + 900 }),
  'not valid before tomorrow': () => signed({ ...good, nbf: now() + 86_400 }),
  'a session that does not exist': () => signed({ ...good, sid: crypto.randomUUID() }),
  'a session that is no id': () => signed({ ...good, sid: "' or true --" }),
  'a subject that is a list': () => signed({ ...good, sub: [good['sub']] }),
  'roles changed, signature kept': () => `${header()}.${base64({ ...good, roles: ['admin'] })}.${signature()}`,
  'one letter of the signature changed': () =>
    `${header()}.${payload()}.${signature().startsWith('A') ? 'B' : 'A'}${signature().slice(1)}`,
  'the signature cut': () => token.slice(0, -10),
  'the refresh token': () => refreshToken,
  'four parts': () => `${token}.x`,
  'five parts, as if encrypted': () => `${base64({ alg: 'dir', enc: 'A256GCM' })}.a.b.c.d`,
  'JSON instead of a token': () => base64({ payload: good }),
  nothing: () => '',
  'very long': () => `${header()}.${'A'.repeat(12_000)}.${signature()}`,
}

test('the good token is accepted, so that the attacks fail for what they are', async () => {
  expect(await accepted(token)).toBe(true)
  expect(await accepted(await signed({ ...good, iat: now(), exp: now() + 900 }))).toBe(true)
})

test.each(Object.entries(attacks))('%s', async (_name, make) => {
  expect(await accepted(await make())).toBe(false)
})

test("another person's id in a token of one's own session opens nothing of theirs", async () => {
  const other = (
    await asOwner<{ id: string }>(house, 'select id from foundation.user where email = $1', [cast.admin])
  )[0]!.id
  const reply = await house.app.inject({
    url: '/api/v1/auth/me',
    headers: { authorization: `Bearer ${await signed({ ...good, sub: other })}` },
  })
  expect(reply.statusCode === 401 || reply.json().user.email === cast.staff).toBe(true)
})

test('a session that was ended', async () => {
  const { access_token } = await logIn(cast.organizer)
  expect(
    (await house.app.inject({ url: '/api/v1/auth/me', headers: { authorization: `Bearer ${access_token}` } }))
      .statusCode,
  ).toBe(200)
  await asOwner(
    house,
    `update foundation.session set ended_at = now() where user_id = (select id from foundation.user where email = $1)`,
    [cast.organizer],
  )
  expect(await accepted(access_token)).toBe(false)
})

test('a person who was disabled', async () => {
  const { access_token } = await logIn(cast.officer)
  expect(await accepted(access_token)).toBe(true)
  await asOwner(house, 'update foundation.user set disabled_at = now() where email = $1', [cast.officer])
  expect(await accepted(access_token)).toBe(false)
})

test('schemes other than Bearer', async () => {
  for (const authorization of [token, `Basic ${token}`, `Bearer  ${token}`, `Token ${token}`]) {
    expect((await house.app.inject({ url: '/api/v1/auth/me', headers: { authorization } })).statusCode).toBe(401)
  }
})
