import type { JsonSchema } from '@commonhall/kernel'
import { id, instant, list, maybe, object } from '../../http/shapes.ts'

const text = (maxLength: number): JsonSchema => ({ type: 'string', minLength: 1, maxLength })

const code = text(40)
const slip: JsonSchema = { ...text(2000), description: 'What the server gave, brought back as it came' }
const session: JsonSchema = { type: 'string', enum: ['token', 'cookie'], default: 'token' }
const name: JsonSchema = { ...text(100), examples: ['My phone'] }

/** What browsers make of a passkey; they may add to it, so the outer objects are left open. */
const credential = (response: Readonly<Record<string, JsonSchema>>, required: readonly string[]): JsonSchema => ({
  type: 'object',
  description: 'A PublicKeyCredential as its toJSON() writes it (WebAuthn Level 3)',
  required: ['id', 'rawId', 'type', 'response', 'clientExtensionResults'],
  properties: {
    id: text(1400),
    rawId: text(1400),
    type: { type: 'string', enum: ['public-key'] },
    response: { type: 'object', required, properties: response },
    clientExtensionResults: { type: 'object' },
  },
})

const made = credential(
  {
    clientDataJSON: text(10_000),
    attestationObject: text(60_000),
    transports: list(text(40), 20),
  },
  ['clientDataJSON', 'attestationObject'],
)

const shown = credential(
  {
    clientDataJSON: text(10_000),
    authenticatorData: text(10_000),
    signature: text(4000),
    userHandle: { type: ['string', 'null'], maxLength: 200 },
  },
  ['clientDataJSON', 'authenticatorData', 'signature'],
)

export const idParameters = object({ id })

export const secondStepBody = object(
  { ticket: slip, method: { type: 'string', enum: ['totp', 'recovery-code'] }, code, session },
  ['ticket', 'method', 'code'],
)

export const passkeyLogInBody = object({ challenge: slip, credential: shown, session }, ['challenge', 'credential'])

export const addPasskeyBody = object({ challenge: slip, credential: made, name })

export const renameBody = object({ name })

export const codeBody = object({ code })

const methods = ['passkey', 'totp', 'recovery-code', 'password']

export const proveBody: JsonSchema = {
  ...object(
    {
      method: { type: 'string', enum: methods },
      password: text(1000),
      code,
      challenge: slip,
      credential: shown,
    },
    ['method'],
  ),
  description: 'password with its method, code with totp and recovery-code, challenge and credential with passkey',
}

export const askedReply = object({
  challenge: slip,
  options: { type: 'object', description: 'What the browser is called with, as JSON (WebAuthn Level 3)' },
})

export const recoveryCodes = list(text(20), 10)

const passkey = { id, name, created_at: instant }

export const passkeyReply = object(passkey)

export const addedReply = object({ ...passkey, recovery_codes: recoveryCodes }, Object.keys(passkey))

export const appReply = object({
  secret: text(64),
  uri: text(2000),
  qr: { ...text(100_000), description: 'The address as a QR code, SVG' },
})

export const confirmedReply = object({ recovery_codes: recoveryCodes }, [])

export const codesReply = object({ recovery_codes: recoveryCodes })

export const factorsReply = object({
  passkeys: list(object({ ...passkey, last_used_at: maybe(instant), synced: { type: 'boolean' } }), 20),
  totp: maybe(object({ confirmed_at: instant })),
  recovery_codes: maybe(object({ left: { type: 'integer', minimum: 0, maximum: 10 }, made_at: instant })),
  required_by: {
    ...list(object({ org: text(300), role: text(300) }), 10_000),
    description: 'Roles of the person that ask for a second factor',
  },
  prove_with: list({ type: 'string', enum: methods }, 4),
  proved_at: instant,
})
