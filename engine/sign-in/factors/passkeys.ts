import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server'
import type { OwnAccount } from '../account/own-account.ts'
import type { SignIn } from '../sign-in.ts'
import type { WebRequest } from '../web-request.ts'
import { type RelyingParty, relyingParty } from './relying-party.ts'
import type { Shown } from './shown.ts'
import { strangersKey } from './strangers-key.ts'
import { type WebAuthn, webAuthn } from './web-authn.ts'

/** A challenge that was handed out: for adding a passkey in one session, or for showing one. */
export interface Challenge {
  readonly challenge: string
  /** The session that adds a passkey; null for showing one. */
  readonly adds: string | null
}

/** What a browser is told, and what it has to bring back with its answer. */
interface Asked {
  readonly challenge: string
  readonly options: object
}

/** Ed25519, P-256 with SHA-256, RSA with SHA-256: what authenticators have. */
const algorithms = [-8, -7, -257]
const patience = 5 * 60_000

/** Asks a browser to make a passkey that names its owner by itself, and asks them for finger, face or PIN. */
export async function askToAdd(
  signIn: SignIn,
  request: WebRequest,
  { sessionId, userId, email, name }: OwnAccount,
): Promise<Asked> {
  const party = relyingParty(signIn.settings.publicUrl, request)
  const present = await signIn.database.bare<{ credential: string }>('select * from foundation.own_passkeys($1)', [
    sessionId,
  ])
  const { generateRegistrationOptions } = await webAuthn()
  const options = await generateRegistrationOptions({
    rpName: 'Commonhall',
    rpID: party.id,
    userID: userHandle(userId),
    userName: email,
    userDisplayName: name,
    attestationType: 'none',
    timeout: patience,
    supportedAlgorithmIDs: algorithms,
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    excludeCredentials: present.map(({ credential }) => ({
      id: Buffer.from(credential, 'hex').toString('base64url'),
    })),
  })
  return { challenge: signIn.challenges.write({ challenge: options.challenge, adds: sessionId }), options }
}

/** Asks a browser to show any passkey for this address; which one, and so who, the answer tells. */
export async function askToShow(signIn: SignIn, request: WebRequest): Promise<Asked> {
  const { id: rpID } = relyingParty(signIn.settings.publicUrl, request)
  const { generateAuthenticationOptions } = await webAuthn()
  const options = await generateAuthenticationOptions({ rpID, userVerification: 'required', timeout: patience })
  return { challenge: signIn.challenges.write({ challenge: options.challenge, adds: null }), options }
}

/** A passkey as it is kept. */
export interface NewPasskey {
  readonly credential: Buffer
  readonly publicKey: Buffer
  readonly counter: number
  readonly transports: readonly string[]
  readonly synced: boolean
  readonly nonce: string
}

/** The passkey that a browser has made, or null when its answer is not one to this challenge. */
export async function readNewPasskey(
  signIn: SignIn,
  request: WebRequest,
  sessionId: string,
  slip: string,
  response: RegistrationResponseJSON,
): Promise<NewPasskey | null> {
  const asked = signIn.challenges.read(slip)
  if (asked?.adds !== sessionId) return null
  const party = relyingParty(signIn.settings.publicUrl, request)
  const made = await orNull(async () => {
    const library = await webAuthn()
    if (isFramed(library, response.response) || bringsCertificates(library, response)) return null
    return await library.verifyRegistrationResponse({
      response,
      ...expected(party, asked),
      supportedAlgorithmIDs: algorithms,
    })
  })
  if (!made?.verified) return null
  const { credential, credentialBackedUp: synced } = made.registrationInfo
  return {
    credential: Buffer.from(credential.id, 'base64url'),
    publicKey: Buffer.from(credential.publicKey),
    counter: credential.counter,
    // Whatever a browser says; only what can be a name is kept.
    transports: (credential.transports ?? []).filter((one) => /^[a-z-]{1,40}$/.test(one)),
    synced,
    nonce: asked.nonce,
  }
}

/**
 * Who makes an authenticator is not asked, so nobody honest sends certificates; and checking some means fetching what
 * they point to.
 */
const bringsCertificates = ({ decodeAttestationObject }: WebAuthn, { response }: RegistrationResponseJSON) => {
  const statement = decodeAttestationObject(Buffer.from(response.attestationObject, 'base64url')).get('attStmt')
  return ['x5c', 'response', 'certInfo'].some((name) => statement.get(name as 'x5c') !== undefined)
}

interface Found extends Record<string, unknown> {
  readonly id: string
  readonly user_id: string
  readonly public_key: Buffer
  readonly counter: number
}

/** A passkey that was shown: whose, and what to use up. Without `shown` it is not to be believed. */
export interface ShownPasskey {
  readonly userId: string | null
  readonly shown: Shown | null
}

/** Checks an assertion. One by a passkey that nobody has takes the same steps as one that is wrong. */
export async function readShownPasskey(
  signIn: SignIn,
  request: WebRequest,
  slip: string,
  response: AuthenticationResponseJSON,
): Promise<ShownPasskey> {
  const party = relyingParty(signIn.settings.publicUrl, request)
  const asked = signIn.challenges.read(slip)
  const [found] = await signIn.database.bare<Found>('select * from foundation.find_passkey($1)', [
    Buffer.from(response.id, 'base64url'),
  ])
  const { public_key: publicKey, counter: before } = found ?? { public_key: strangersKey, counter: 0 }
  const seen = await orNull(async () => {
    const library = await webAuthn()
    if (isFramed(library, response.response)) return null
    return await library.verifyAuthenticationResponse({
      response,
      ...expected(party, asked),
      credential: { id: response.id, publicKey: new Uint8Array(publicKey), counter: before },
    })
  })
  const handle = response.response.userHandle
  const own = !handle || handle === (found && Buffer.from(userHandle(found.user_id)).toString('base64url'))
  const userId = found?.user_id ?? null
  if (!seen?.verified || !found || !asked || asked.adds !== null || !own) return { userId, shown: null }
  const { newCounter: counter, credentialBackedUp: synced } = seen.authenticationInfo
  return { userId, shown: { method: 'passkey', id: found.id, before, counter, synced, nonce: asked.nonce } }
}

const expected = ({ id, origin }: RelyingParty, asked: Challenge | null) => ({
  expectedChallenge: asked?.challenge ?? '',
  expectedOrigin: origin,
  expectedRPID: id,
  requireUserVerification: true,
})

/** Whether a page in a frame of another site has asked: none of ours is ever framed. */
const isFramed = ({ decodeClientDataJSON }: WebAuthn, { clientDataJSON }: { readonly clientDataJSON: string }) =>
  decodeClientDataJSON(clientDataJSON).crossOrigin === true

/** A person's id as authenticators keep it. */
const userHandle = (id: string) => new Uint8Array(Buffer.from(id.replaceAll('-', ''), 'hex'))

/** The library throws for whatever is wrong with an answer; an answer that is wrong is none. */
const orNull = <Value>(work: () => Promise<Value | null>): Promise<Value | null> => work().catch(() => null)
