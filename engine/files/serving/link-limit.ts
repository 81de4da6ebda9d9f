import { refuse, say } from '@commonhall/kernel'

const minute = 60_000

/** So many files are opened by links from one address in a minute: an office shares one. */
const mostOpened = 60
const mostRemembered = 10_000

/** Counts who opens links, minute by minute, in this process: nobody guesses them, or has files sent without end. */
export class LinkLimit {
  #begun = 0
  #counts = new Map<string, number>()

  /** @throws {Refusal} `too_many` (429) with Retry-After */
  enter(address: string, now = Date.now()): void {
    if (now - this.#begun >= minute || this.#counts.size >= mostRemembered) {
      this.#begun = now
      this.#counts = new Map()
    }
    const count = (this.#counts.get(address) ?? 0) + 1
    this.#counts.set(address, count)
    const wait = Math.max(1, Math.ceil((this.#begun + minute - now) / 1000))
    if (count > mostOpened) refuse('too_many', say('serving:too_many'), { headers: { 'retry-after': String(wait) } })
  }
}
