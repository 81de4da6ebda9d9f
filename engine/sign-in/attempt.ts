import { isUuid, refuse, say } from '@commonhall/kernel'
import { readCookie } from './cookies.ts'
import type { SignIn } from './sign-in.ts'
import { addressOf, type WebRequest } from './web-request.ts'

/** What foundation.begin_sign_in answers before a password or a code is looked at. */
export interface Opening extends Record<string, unknown> {
  readonly verdict: 'open' | 'known-device' | 'limited' | 'locked'
  readonly wait_s: number
  readonly user_id: string | null
  readonly password_hash: string | null
}

/**
 * Counts one try at an account, before it is looked at.
 * @throws {Refusal} `locked` or `too_many`.
 */
export async function beginTry(
  signIn: SignIn,
  request: WebRequest,
  email: string,
  device: string | null,
): Promise<Opening> {
  const [opening] = await signIn.database.bare<Opening>(
    'select verdict, wait_s, user_id, password_hash from foundation.begin_sign_in($1, $2, $3, $4)',
    [email, addressOf(request), device, request.id],
  )
  if (!opening) throw new Error('begin_sign_in answers one row')
  if (opening.verdict === 'locked') refuse('locked', say('engine:sign_in.locked'))
  if (opening.verdict === 'limited') tooMany(opening.wait_s)
  return opening
}

/** Refuses for as many seconds as a limit lasts. */
export function tooMany(seconds: number): never {
  const headers = { 'retry-after': String(seconds) }
  refuse('too_many', say('engine:sign_in.limited', { count: Math.ceil(seconds / 60) }), { headers })
}

/** Notes a try that failed; `device` is the known browser that it came from, if its verdict was that. */
export async function failTry(
  signIn: SignIn,
  request: WebRequest,
  { user_id: userId, verdict }: Opening,
  email: string,
  device: string | null,
  what: 'sign-in-failed' | 'second-factor-failed' = 'sign-in-failed',
): Promise<void> {
  const known = verdict === 'known-device' ? device : null
  const values = [email, userId, known, addressOf(request), request.id, what]
  await signIn.database.bare('select foundation.fail_sign_in($1, $2, $3, $4, $5, $6)', values)
}

/** The browser that a request comes from, if somebody has signed in from it before. */
export function knownDevice(signIn: SignIn, request: WebRequest): string | null {
  const id = signIn.devices.open(readCookie(request.headers.cookie, 'device'))
  return isUuid(id) ? id : null
}
