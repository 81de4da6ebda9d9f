import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

interface Options {
  readonly challenge: string
  readonly user?: { readonly id: string }
}

/** What an attack says otherwise than an honest authenticator and browser would. */
export interface Lies {
  readonly origin?: string
  readonly rpId?: string
  readonly type?: string
  readonly challenge?: string
  readonly verified?: boolean
  readonly present?: boolean
  readonly counter?: number
  readonly userHandle?: string
  readonly crossOrigin?: boolean
  /** Put in after signing: a page that changes what it was given. */
  readonly afterwards?: object
}

const flag = { present: 1, verified: 4, eligible: 8, backedUp: 16, attested: 64 } as const

/** An authenticator in software: one passkey, P-256, attestation "none", as a browser hands its answers on. */
export class Authenticator {
  readonly id = randomBytes(32)
  readonly origin: string
  readonly rpId: string
  readonly synced: boolean
  counter = 0
  #userHandle = ''
  readonly #secret: KeyObject
  readonly #x: Buffer
  readonly #y: Buffer

  constructor({ origin = 'http://localhost:0', rpId = 'localhost', synced = false } = {}) {
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
    this.#secret = privateKey
    this.#x = Buffer.from(x, 'base64url')
    this.#y = Buffer.from(y, 'base64url')
    this.origin = origin
    this.rpId = rpId
    this.synced = synced
  }

  /** What `navigator.credentials.create` answers. */
  create({ challenge, user }: Options, lies: Lies = {}, statement: Buffer = cbor.none) {
    this.#userHandle = user?.id ?? ''
    const credential = Buffer.concat([Buffer.alloc(16), uint16(this.id.length), this.id, this.#coseKey()])
    const authData = Buffer.concat([this.#head(flag.attested, lies), credential])
    const clientDataJSON = this.#clientData('webauthn.create', challenge, lies)
    const attestationObject = Buffer.concat([statement, cbor.authData, uint16(authData.length), authData])
    return {
      ...this.#outside(),
      response: {
        clientDataJSON: clientDataJSON.toString('base64url'),
        attestationObject: attestationObject.toString('base64url'),
        transports: ['internal'],
      },
    }
  }

  /** What `navigator.credentials.get` answers. */
  get({ challenge }: Options, lies: Lies = {}) {
    const authData = this.#head(0, lies)
    const clientData = this.#clientData('webauthn.get', challenge, lies)
    const signed = Buffer.concat([authData, createHash('sha256').update(clientData).digest()])
    const sent = lies.afterwards
      ? Buffer.from(JSON.stringify({ ...(JSON.parse(clientData.toString()) as object), ...lies.afterwards }))
      : clientData
    return {
      ...this.#outside(),
      response: {
        clientDataJSON: sent.toString('base64url'),
        authenticatorData: authData.toString('base64url'),
        signature: sign('sha256', signed, this.#secret).toString('base64url'),
        userHandle: lies.userHandle ?? this.#userHandle,
      },
    }
  }

  #outside() {
    const id = this.id.toString('base64url')
    return { id, rawId: id, type: 'public-key', clientExtensionResults: {} }
  }

  #clientData(type: string, challenge: string, lies: Lies): Buffer {
    const { origin = this.origin, crossOrigin = false } = lies
    return Buffer.from(
      JSON.stringify({ type: lies.type ?? type, challenge: lies.challenge ?? challenge, origin, crossOrigin }),
    )
  }

  #head(more: number, { rpId = this.rpId, verified = true, present = true, counter }: Lies): Buffer {
    this.counter += this.synced ? 0 : 1
    const flags =
      more |
      (present ? flag.present : 0) |
      (verified ? flag.verified : 0) |
      (this.synced ? flag.eligible | flag.backedUp : 0)
    const count = Buffer.alloc(4)
    count.writeUInt32BE(counter ?? this.counter)
    return Buffer.concat([createHash('sha256').update(rpId).digest(), Buffer.from([flags]), count])
  }

  #coseKey(): Buffer {
    return Buffer.concat([cbor.key, this.#x, cbor.y, this.#y])
  }
}

const uint16 = (number: number) => Buffer.from([number >> 8, number & 255])

/** The few pieces of CBOR that it takes. */
export const cbor = {
  /** A map of three: "fmt" is "none", "attStmt" is empty, then comes "authData". */
  none: Buffer.from('a363666d74646e6f6e656761747453746d74a0', 'hex'),
  authData: Buffer.from('68617574684461746159', 'hex'),
  /** A map of five: EC2, ES256, P-256, then x and y. */
  key: Buffer.from('a5010203262001215820', 'hex'),
  y: Buffer.from('225820', 'hex'),
} as const
