import { createHmac, timingSafeEqual } from 'node:crypto'

/** Signs short texts for one purpose, so that the server knows its own again when a browser brings them back. */
export class Seal {
  readonly #secret: Buffer

  constructor(secret: Buffer) {
    this.#secret = secret
  }

  /** The text with its signature: `text.signature`. */
  close(text: string): string {
    return `${text}.${this.#signature(text)}`
  }

  /** The text inside, or null when nobody here signed it. */
  open(sealed: string | null | undefined): string | null {
    const dot = sealed?.lastIndexOf('.') ?? -1
    if (!sealed || dot < 1) return null
    const text = sealed.slice(0, dot)
    const given = Buffer.from(sealed.slice(dot + 1))
    const right = Buffer.from(this.#signature(text))
    return given.length === right.length && timingSafeEqual(given, right) ? text : null
  }

  #signature(text: string): string {
    return createHmac('sha256', this.#secret).update(text).digest('base64url')
  }
}
