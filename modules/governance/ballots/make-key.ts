import { createHash, generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'

/** A key with which the ballot papers of one election are signed. */
export interface MadeKey {
  /** SubjectPublicKeyInfo, as base64. */
  readonly public_key: string
  /** SHA-256 of it, in hexadecimal digits. */
  readonly fingerprint: string
  /** PKCS #8, as base64. It is kept by `keepKey` and told nobody. */
  readonly private_key: string
}

const generate = promisify(generateKeyPair)

/** Makes a key beside the event loop: it takes as long as it takes to find two large primes. */
export async function makeKey(): Promise<MadeKey> {
  const { publicKey, privateKey } = await generate('rsa', {
    modulusLength: 2048,
    publicExponent: 65_537,
    publicKeyEncoding: { type: 'spki', format: 'der' },
    privateKeyEncoding: { type: 'pkcs8', format: 'der' },
  })
  return {
    public_key: publicKey.toString('base64'),
    fingerprint: createHash('sha256').update(publicKey).digest('hex'),
    private_key: privateKey.toString('base64'),
  }
}
