import { constants, createHash, createPublicKey, type KeyObject, verify } from 'node:crypto'
import type { BallotInFile, HeadInFile } from './box-file.ts'

/** The fewest bits of a key that nobody breaks. */
const fewestBits = 2048

/** The election's public key: PEM, or DER in base64. Null where it is none of RSA, or one that could be broken. */
export function electionKey({ key }: HeadInFile): KeyObject | null {
  try {
    const isPem = key?.includes('-----BEGIN')
    const found = isPem
      ? createPublicKey(key ?? '')
      : createPublicKey({ key: Buffer.from(key ?? '', 'base64'), format: 'der', type: 'spki' })
    // A key of `rsa-pss` may forbid the very digest that is asked for; the election makes none.
    const isStrong = (found.asymmetricKeyDetails?.modulusLength ?? 0) >= fewestBits
    return found.asymmetricKeyType === 'rsa' && isStrong ? found : null
  } catch {
    return null
  }
}

/** SHA-256 of the key as SubjectPublicKeyInfo, in hexadecimal digits. */
export const fingerprintOf = (key: KeyObject): string =>
  createHash('sha256')
    .update(key.export({ format: 'der', type: 'spki' }))
    .digest('hex')

/**
 * The bytes that a text says in base64url; none where it is not their one spelling, so that nobody says a thing twice.
 */
function bytes(text: string): Buffer {
  const found = Buffer.from(text, 'base64url')
  return found.toString('base64url') === text ? found : Buffer.alloc(0)
}

/**
 * Whether the election signed the ballot's token, without seeing it: RSASSA-PSS with SHA-384 and 48 bytes of salt over
 * 32 random bytes and the token (RFC 9474, RSABSSA-SHA384-PSS-Randomized).
 */
export function isIssued(key: KeyObject, { token, prefix, signature }: BallotInFile): boolean {
  const before = bytes(prefix)
  if (before.length !== 32) return false
  const padding = constants.RSA_PKCS1_PSS_PADDING
  return verify('sha384', Buffer.concat([before, bytes(token)]), { key, padding, saltLength: 48 }, bytes(signature))
}

/** What stands before the point of a P-256 key in its SubjectPublicKeyInfo (RFC 5480). */
const beforePoint = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex')

/** Whether the key that the token is has signed this very ballot: ECDSA on P-256 with SHA-256. */
export function isOwn({ token, ballot, ballot_signature: signature }: BallotInFile): boolean {
  try {
    const point = bytes(token)
    if (point.length !== 65) return false
    const key = createPublicKey({ key: Buffer.concat([beforePoint, point]), format: 'der', type: 'spki' })
    return verify('sha256', Buffer.from(ballot, 'utf8'), { key, dsaEncoding: 'ieee-p1363' }, bytes(signature))
  } catch {
    // The token is no point of the curve.
    return false
  }
}

export const hashOf = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex')
