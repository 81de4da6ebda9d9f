import { createHmac, timingSafeEqual } from 'node:crypto'
import { refuse, say } from '@commonhall/kernel'

/** Signs page markers, so that what comes back is what was given out: for this list, in this order. */
export class Cursors {
  readonly #key: Buffer

  constructor(key: Buffer) {
    this.#key = key
  }

  /** `scope` names the list and its order; a marker is good for nothing else. */
  seal(scope: string, values: readonly unknown[]): string {
    const payload = Buffer.from(JSON.stringify(values))
    return Buffer.concat([this.#sign(scope, payload), payload]).toString('base64url')
  }

  open(scope: string, cursor: string): unknown[] {
    const bytes = Buffer.from(cursor, 'base64url')
    const payload = bytes.subarray(16)
    if (bytes.length < 18 || !timingSafeEqual(bytes.subarray(0, 16), this.#sign(scope, payload))) {
      refuse('bad_cursor', say('engine:list.bad_cursor'), { status: 400 })
    }
    return JSON.parse(payload.toString()) as unknown[]
  }

  #sign(scope: string, payload: Buffer): Buffer {
    return createHmac('sha256', this.#key).update(scope).update('\0').update(payload).digest().subarray(0, 16)
  }
}
