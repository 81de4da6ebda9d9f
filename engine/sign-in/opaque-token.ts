import { createHash, randomBytes } from 'node:crypto'

/** 32 random bytes that mean nothing to anybody who has not been given them. */
export const makeToken = (): string => randomBytes(32).toString('base64url')

/** What is kept of a token. Random tokens need no salt and no slow hash. */
export const tokenHash = (token: string): Buffer => createHash('sha256').update(token).digest()

/** Whether a text can be a token at all. */
export const looksLikeToken = (text: string): boolean => /^[\w-]{43}$/.test(text)
