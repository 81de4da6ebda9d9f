import { constants, createPublicKey, type KeyObject, verify } from 'node:crypto'

/** What a ballot is cast with, as it stands in the box: base64url, but for the ballot. */
export interface SealedBallot {
  /** The public key that was made for this one ballot, as a point of P-256: 65 bytes. */
  readonly token: string
  /** 32 random bytes that were signed with it. */
  readonly prefix: string
  /** The election's signature of both, made blindly. */
  readonly signature: string
  readonly ballot: string
  /** The ballot's signature by the token. */
  readonly ballot_signature: string
}

/** So many bytes has each. */
const lengths = { token: 65, prefix: 32, signature: 256, ballot_signature: 64 } as const

/** The bytes of what was sent, if it is of the one way of writing them: two spellings would be two tokens. */
export function bytesOf<Name extends keyof typeof lengths>(sealed: Record<Name, string>, name: Name): Buffer | null {
  const bytes = Buffer.from(sealed[name], 'base64url')
  return bytes.length === lengths[name] && bytes.toString('base64url') === sealed[name] ? bytes : null
}

/** Why a sealed ballot does not prove itself: null when it does. */
export function objectionToToken(
  sealed: SealedBallot,
  electionKey: string,
): 'malformed' | 'bad_token' | 'bad_signature' | null {
  const [token, prefix] = [bytesOf(sealed, 'token'), bytesOf(sealed, 'prefix')]
  const [signature, ballotSignature] = [bytesOf(sealed, 'signature'), bytesOf(sealed, 'ballot_signature')]
  if (!token || !prefix || !signature || !ballotSignature) return 'malformed'
  const voter = keyOf(token)
  if (!voter) return 'malformed'
  const election = createPublicKey({ key: Buffer.from(electionKey, 'base64'), format: 'der', type: 'spki' })
  const pss = { key: election, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 }
  if (!verify('sha384', Buffer.concat([prefix, token]), pss, signature)) return 'bad_token'
  const own = { key: voter, dsaEncoding: 'ieee-p1363' } as const
  return verify('sha256', Buffer.from(sealed.ballot), own, ballotSignature) ? null : 'bad_signature'
}

/** A token as a key; undefined when it is no point of the curve. */
function keyOf(token: Buffer): KeyObject | undefined {
  const [x, y] = [token.subarray(1, 33).toString('base64url'), token.subarray(33).toString('base64url')]
  try {
    if (token[0] !== 4) return undefined
    return createPublicKey({ key: { kty: 'EC', crv: 'P-256', x, y }, format: 'jwk' })
  } catch {
    return undefined
  }
}
