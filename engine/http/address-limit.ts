import { refuse, say } from '@commonhall/kernel'

const minute = 60_000
const mostRemembered = 10_000

/** Counts who asks, minute by minute, in the memory of this process and nowhere else: an office shares one address. */
export class AddressLimit {
  readonly #most: number
  readonly #sentence: string
  #begun = 0
  #counts = new Map<string, number>()

  /** @param sentence key of what whoever asks too often is told */
  constructor(most: number, sentence: string) {
    this.#most = most
    this.#sentence = sentence
  }

  /** @throws {Refusal} `too_many` (429) with Retry-After */
  enter(address: string, now = Date.now()): void {
    if (now - this.#begun >= minute || this.#counts.size >= mostRemembered) {
      this.#begun = now
      this.#counts = new Map()
    }
    const count = (this.#counts.get(address) ?? 0) + 1
    this.#counts.set(address, count)
    const wait = Math.max(1, Math.ceil((this.#begun + minute - now) / 1000))
    if (count > this.#most) refuse('too_many', say(this.#sentence), { headers: { 'retry-after': String(wait) } })
  }
}
