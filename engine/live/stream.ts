import { randomInt } from 'node:crypto'
import { Readable } from 'node:stream'
import { frameOf, type LiveEvent } from './event.ts'
import type { Sink } from './listener.ts'

/** What may wait for a slow client, in bytes; with more it is sent away, and comes back to where it was. */
export const mostWaiting = 256 * 1024

/** How long a browser waits before it comes back, in milliseconds: not all at once after a restart. */
const comesBack = () => randomInt(1000, 3000)

/** A stream of server-sent events. */
export class EventStream implements Sink {
  readonly body: Readable
  readonly #tooSlow: () => void
  #isEnding = false

  constructor(left: () => void, tooSlow: () => void) {
    this.#tooSlow = tooSlow
    this.body = new Readable({
      read() {},
      destroy(_error, done) {
        left()
        done(null)
      },
    })
    this.#push(`retry: ${comesBack()}\n\n`)
  }

  tell(events: readonly LiveEvent[], position: string): void {
    const isSaid = events.some(({ id }) => id === position)
    this.#push(events.map(frameOf).join('') + (isSaid ? '' : `id: ${position}\n\n`))
  }

  beat(position: string): void {
    this.#push(`:\nid: ${position}\n\n`)
  }

  end(): void {
    if (this.body.destroyed || this.#isEnding) return
    this.#isEnding = true
    this.body.push(null)
  }

  #push(text: string): void {
    const { body } = this
    if (!text || body.destroyed || this.#isEnding) return
    this.#isEnding = body.readableLength > mostWaiting
    if (this.#isEnding) this.#tooSlow()
    else body.push(text)
  }
}
