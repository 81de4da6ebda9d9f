import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/browser'
import { t } from '../say.ts'
import { call } from './http.ts'

const library = () => import('@simplewebauthn/browser')

export interface GivenPasskey {
  readonly challenge: string
  readonly credential: AuthenticationResponseJSON
}

export interface MadePasskey {
  readonly challenge: string
  readonly credential: RegistrationResponseJSON
}

interface Challenge<Options> {
  readonly challenge: string
  readonly options: Options
}

/** Why the browser gave no passkey, in words. */
export class PasskeyTrouble extends Error {
  /** Another request took its place, or the page was left: nothing to tell anybody. */
  readonly isSilent: boolean

  constructor(message: string, isSilent = false) {
    super(message)
    this.isSilent = isSilent
  }
}

/** Whether this browser knows passkeys at all; over plain http it does not. */
export const knowsPasskeys = () => 'PublicKeyCredential' in globalThis

/** Passkeys belong to a name; the server says which one stands for an address of figures. */
const isFigures = () => /^[\d.]+$|^\[/.test(location.hostname)

function troubleOf(failure: unknown): unknown {
  const { name, message, code } = failure as { name?: string; message?: string; code?: string }
  if (name === 'AbortError' || code === 'ERROR_CEREMONY_ABORTED') return new PasskeyTrouble(message ?? '', true)
  if (name === 'InvalidStateError') return new PasskeyTrouble(t('passkey.known'))
  if (name === 'NotAllowedError') return new PasskeyTrouble(t('passkey.cancelled'))
  return new PasskeyTrouble(t('passkey.failed'))
}

/** The browser's part. What the server says no with is told as it is. */
async function atTheDevice<Made>(act: () => Promise<Made>): Promise<Made> {
  try {
    return await act()
  } catch (failure) {
    throw troubleOf(failure)
  }
}

/** Asks the person for a passkey; with `autofill`, among what the browser offers under the address field. */
export async function askForPasskey(autofill = false): Promise<GivenPasskey> {
  const asked = await call<Challenge<PublicKeyCredentialRequestOptionsJSON>>('POST', '/auth/passkey/challenge', {
    body: {},
  })
  const { startAuthentication } = await library()
  const credential = await atTheDevice(() =>
    startAuthentication({ optionsJSON: asked.options, useBrowserAutofill: autofill }),
  )
  return { challenge: asked.challenge, credential }
}

/** Makes a passkey on this device, or on a phone or key that the browser reaches. */
export async function makePasskey(): Promise<MadePasskey> {
  const asked = await call<Challenge<PublicKeyCredentialCreationOptionsJSON>>('POST', '/auth/passkeys/registration', {
    body: {},
  })
  const { startRegistration } = await library()
  const credential = await atTheDevice(() => startRegistration({ optionsJSON: asked.options }))
  return { challenge: asked.challenge, credential }
}

/** Whether the browser offers passkeys among the addresses that it remembers. */
export async function offersPasskeys(): Promise<boolean> {
  if (!knowsPasskeys() || isFigures()) return false
  return await (await library()).browserSupportsWebAuthnAutofill()
}

/** Takes back what the browser was asked for. */
export const stopAsking = async () => (await library()).WebAuthnAbortService.cancelCeremony()
