import { constants, createPublicKey, type KeyObject, privateDecrypt, publicEncrypt } from 'node:crypto'

/** The bytes of a number under a key of 2048 bits. */
export const blindedLength = 256

const padding = constants.RSA_NO_PADDING

/**
 * Signs a blinded token (RFC 9474, BlindSign): a raw RSA operation, made by OpenSSL, which hides from a clock how long
 * it took. The answer is checked with the public key, for a signature that went wrong could tell the private one.
 * Undefined where the number is not below the modulus.
 */
export function signBlinded(key: KeyObject, blinded: Buffer): Buffer | undefined {
  if (blinded.length !== blindedLength) return undefined
  const open = createPublicKey(key)
  const modulus = Buffer.from(open.export({ format: 'jwk' }).n ?? '', 'base64url')
  if (Buffer.compare(blinded, modulus) >= 0) return undefined
  const signature = privateDecrypt({ key, padding }, blinded)
  if (!publicEncrypt({ key: open, padding }, signature).equals(blinded)) throw new Error('A signature went wrong.')
  return signature
}
