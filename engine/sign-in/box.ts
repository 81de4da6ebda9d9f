import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const cipher = 'aes-256-gcm'
const ivLength = 12
const tagLength = 16

/** Encrypts short texts for one purpose (AES-256-GCM), so that nobody but the server can read or change them. */
export class Box {
  readonly #key: Buffer

  constructor(key: Buffer) {
    this.#key = key
  }

  close(text: string): string {
    const iv = randomBytes(ivLength)
    const sealing = createCipheriv(cipher, this.#key, iv)
    const sealed = Buffer.concat([sealing.update(text, 'utf8'), sealing.final()])
    return Buffer.concat([iv, sealing.getAuthTag(), sealed]).toString('base64url')
  }

  /** The text inside, or null when it was not closed here, or was changed since. */
  open(sealed: string): string | null {
    const bytes = Buffer.from(sealed, 'base64url')
    if (bytes.length < ivLength + tagLength) return null
    const opening = createDecipheriv(cipher, this.#key, bytes.subarray(0, ivLength), { authTagLength: tagLength })
    opening.setAuthTag(bytes.subarray(ivLength, ivLength + tagLength))
    try {
      return Buffer.concat([opening.update(bytes.subarray(ivLength + tagLength)), opening.final()]).toString('utf8')
    } catch {
      return null
    }
  }
}

/** What a slip carries besides what was put in. */
interface Stamped {
  /** Names this slip, in hex: what is written down once it has been used. */
  readonly nonce: string
  /** Milliseconds since 1970. */
  readonly until: number
}

/**
 * Things that somebody outside holds for the server for a few minutes, unable to read or change them. The server keeps
 * nothing until one is used, so that asking for many costs it nothing.
 */
export class Slips<Content extends object> {
  readonly #box: Box
  readonly #lasts: number

  constructor(key: Buffer, minutes: number) {
    this.#box = new Box(key)
    this.#lasts = minutes * 60_000
  }

  write(content: Content): string {
    const stamp: Stamped = { nonce: randomBytes(16).toString('hex'), until: Date.now() + this.#lasts }
    return this.#box.close(JSON.stringify({ ...content, ...stamp }))
  }

  /** What the slip says, or null when it is not one of these, or out of its time. */
  read(slip: string): (Content & Stamped) | null {
    const text = this.#box.open(slip)
    const content = text === null ? null : (JSON.parse(text) as Content & Stamped)
    return content && content.until > Date.now() ? content : null
  }
}
