import { RSABSSA } from '@cloudflare/blindrsa-ts'
import { fromBase64url, toBase64url } from './base64url.ts'
import type { PublishedKey } from './ballot-page.ts'

/** RSABSSA-SHA384-PSS-Randomized, RFC 9474. */
const suite = RSABSSA.SHA384.PSS.Randomized()
const prefixLength = 32

const importKey = ({ public_key: key }: PublishedKey) =>
  crypto.subtle.importKey('spki', fromBase64url(key), { name: 'RSA-PSS', hash: 'SHA-384' }, true, ['verify'])

/** A token hidden in a number that tells nothing of it, and what takes the hiding off a signature again. */
export interface Blinded {
  readonly prefix: string
  readonly blinded: string
  readonly inverse: string
}

export async function blind(key: PublishedKey, token: Uint8Array): Promise<Blinded> {
  const prepared = suite.prepare(token)
  const { blindedMsg, inv } = await suite.blind(await importKey(key), prepared)
  return {
    prefix: toBase64url(prepared.slice(0, prefixLength)),
    blinded: toBase64url(blindedMsg),
    inverse: toBase64url(inv),
  }
}

/** The signature of the token itself; throws where the server signed something else. */
export async function unblind(key: PublishedKey, token: string, made: Blinded, signature: string): Promise<string> {
  const prepared = new Uint8Array([...fromBase64url(made.prefix), ...fromBase64url(token)])
  const [given, inverse] = [fromBase64url(signature), fromBase64url(made.inverse)]
  return toBase64url(await suite.finalize(await importKey(key), prepared, given, inverse))
}
