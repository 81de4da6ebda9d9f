import type { FastifyInstance } from 'fastify'
import { Secret, TOTP } from 'otpauth'
import { afterAll, beforeAll, vi } from 'vitest'
import { Authenticator } from './authenticator.ts'

/** Sends JSON under `/api/v1/auth`, with a token or without. */
export const authApi =
  (app: FastifyInstance, token?: string) =>
  (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', path: string, payload?: object, remoteAddress = '127.0.0.1') =>
    app.inject({
      method,
      url: `/api/v1/auth/${path}`,
      remoteAddress,
      headers: token ? { authorization: `Bearer ${token}` } : {},
      ...(payload ? { payload } : {}),
    })

const stopClock = () => void vi.useFakeTimers({ toFake: ['Date'] })
const startClock = () => void vi.useRealTimers()

/** In the file that says so the clock stands still: no half minute begins between a code and what looks at it. */
export function clockStandsStill(): void {
  beforeAll(stopClock)
  afterAll(startClock)
}

/** The code that an app with this secret shows now, or some half minutes away. */
export const codeOf = (secret: string, steps = 0): string =>
  TOTP.generate({ secret: Secret.fromBase32(secret), timestamp: Date.now() + steps * 30_000 })

/** Adds a passkey to the person behind a fresh token. Answers it, and the recovery codes if it is the first factor. */
export async function addPasskey(app: FastifyInstance, token: string, authenticator = new Authenticator()) {
  const send = authApi(app, token)
  const { challenge, options } = (await send('POST', 'passkeys/registration', {})).json()
  const reply = await send('POST', 'passkeys', { challenge, credential: authenticator.create(options), name: 'Laptop' })
  if (reply.statusCode !== 201) throw new Error(reply.body)
  const { id, recovery_codes: codes } = reply.json() as { id: string; recovery_codes?: string[] }
  return { authenticator, id, codes }
}

/** Adds an authenticator app. The code of half a minute ago confirms it, so that the one of now is still good. */
export async function addApp(app: FastifyInstance, token: string) {
  const send = authApi(app, token)
  const { secret } = (await send('POST', 'totp', {})).json() as { secret: string }
  const runs = !vi.isFakeTimers()
  if (runs) stopClock()
  const reply = await send('POST', 'totp/confirm', { code: codeOf(secret, -1) })
  if (runs) startClock()
  if (reply.statusCode !== 200) throw new Error(reply.body)
  const { recovery_codes: codes } = reply.json() as { recovery_codes?: string[] }
  return { secret, codes }
}

/** What a passkey answers to a new challenge. */
export async function showPasskey(app: FastifyInstance, authenticator: Authenticator) {
  const { challenge, options } = (await authApi(app)('POST', 'passkey/challenge', {})).json()
  return { challenge: challenge as string, credential: authenticator.get(options) }
}
