import { ballotText, type BallotForm, type FilledBallot, newSalt } from '../../ballots/ballot.ts'
import type { SealedBallot } from '../../ballots/check-token.ts'
import { toBase64url } from './base64url.ts'

const algorithm = { name: 'ECDSA', namedCurve: 'P-256' } as const

/** A key for one ballot. No script can take its private half out. */
export async function newKeys(): Promise<{ keys: CryptoKeyPair; token: Uint8Array }> {
  const keys = await crypto.subtle.generateKey(algorithm, false, ['sign', 'verify'])
  return { keys, token: new Uint8Array(await crypto.subtle.exportKey('raw', keys.publicKey)) }
}

/** The ballot as it will stand in the box, signed by its own key. */
export async function seal(
  form: BallotForm,
  choices: FilledBallot['choices'],
  keys: CryptoKeyPair,
): Promise<Pick<SealedBallot, 'ballot' | 'ballot_signature'>> {
  const ballot = ballotText(form, { choices, salt: newSalt() })
  const bytes = new TextEncoder().encode(ballot)
  const signature = await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, keys.privateKey, bytes)
  return { ballot, ballot_signature: toBase64url(new Uint8Array(signature)) }
}
