import type { JsonSchema } from '@commonhall/kernel'

const closed = (properties: Readonly<Record<string, JsonSchema>>, required = Object.keys(properties)): JsonSchema => ({
  type: 'object',
  additionalProperties: false,
  properties,
  required,
})

const id: JsonSchema = { type: 'string', format: 'uuid' }
const instant: JsonSchema = { type: 'string', format: 'date-time' }
const text = (maxLength: number): JsonSchema => ({ type: 'string', minLength: 1, maxLength })
const orNull = (schema: JsonSchema): JsonSchema => ({ anyOf: [schema, { type: 'null' }] })
const some = (items: JsonSchema, maxItems: number): JsonSchema => ({ type: 'array', maxItems, items })

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
    transports: some(text(40), 20),
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

export const idParameters = closed({ id })

export const nobodyNeeded: JsonSchema = { anyOf: [closed({}), { type: 'null' }] }

export const secondStepBody = closed(
  { ticket: slip, method: { type: 'string', enum: ['totp', 'recovery-code'] }, code, session },
  ['ticket', 'method', 'code'],
)

export const passkeyLogInBody = closed({ challenge: slip, credential: shown, session }, ['challenge', 'credential'])

export const addPasskeyBody = closed({ challenge: slip, credential: made, name })

export const renameBody = closed({ name })

export const codeBody = closed({ code })

const methods = ['passkey', 'totp', 'recovery-code', 'password']

export const proveBody: JsonSchema = {
  ...closed(
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

export const askedReply = closed({
  challenge: slip,
  options: { type: 'object', description: 'What the browser is called with, as JSON (WebAuthn Level 3)' },
})

export const recoveryCodes = some(text(20), 10)

const passkey = { id, name, created_at: instant }

export const passkeyReply = closed(passkey)

export const addedReply = closed({ ...passkey, recovery_codes: recoveryCodes }, Object.keys(passkey))

export const appReply = closed({
  secret: text(64),
  uri: text(2000),
  qr: { ...text(100_000), description: 'The address as a QR code, SVG' },
})

export const confirmedReply = closed({ recovery_codes: recoveryCodes }, [])

export const codesReply = closed({ recovery_codes: recoveryCodes })

export const factorsReply = closed({
  passkeys: some(closed({ ...passkey, last_used_at: orNull(instant), synced: { type: 'boolean' } }), 20),
  totp: orNull(closed({ confirmed_at: instant })),
  recovery_codes: orNull(closed({ left: { type: 'integer', minimum: 0, maximum: 10 }, made_at: instant })),
  required_by: {
    ...some(closed({ org: text(300), role: text(300) }), 10_000),
    description: 'Roles of the person that ask for a second factor',
  },
  prove_with: some({ type: 'string', enum: methods }, 4),
  proved_at: instant,
})
