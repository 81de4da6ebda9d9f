import { createHash, randomInt } from 'node:crypto'
import { makeToken } from '../sign-in/opaque-token.ts'

/** A key: shown once, `chk_` and eight letters that stay visible, then the secret. */
export interface NewKey {
  readonly key: string
  readonly prefix: string
  readonly hash: Buffer
}

const letters = 'abcdefghijkmnpqrstuvwxyz23456789'

/** Whether a token is meant to be a key, so that programs that scan for leaked secrets can know ours. */
export const isKey = (token: string): boolean => /^chk_[a-z0-9]{8}_[\w-]{43}$/.test(token)

/** What is kept of a key. It is random through and through, so it needs no salt and no slow hash. */
export const hashKey = (key: string): Buffer => createHash('sha256').update(key).digest()

export function makeKey(): NewKey {
  const prefix = `chk_${Array.from({ length: 8 }, () => letters[randomInt(letters.length)]).join('')}`
  const key = `${prefix}_${makeToken()}`
  return { key, prefix, hash: hashKey(key) }
}
