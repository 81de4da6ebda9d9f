import { refuse, say } from '@commonhall/kernel'

/** Lets a few through at a time; the others wait their turn, and too many are sent away. */
export class Gate {
  readonly #most: number
  readonly #mostWaiting: number
  readonly #waiting: (() => void)[] = []
  #inside = 0

  constructor(most: number, mostWaiting: number) {
    this.#most = most
    this.#mostWaiting = mostWaiting
  }

  async pass<Value>(work: () => Promise<Value>): Promise<Value> {
    if (this.#inside < this.#most) this.#inside++
    else await this.#wait()
    try {
      return await work()
    } finally {
      const next = this.#waiting.shift()
      // The place is handed on: giving it up first would let a newcomer slip in before those who wait.
      if (next) next()
      else this.#inside--
    }
  }

  async #wait(): Promise<void> {
    if (this.#waiting.length >= this.#mostWaiting) {
      refuse('unavailable', say('engine:sign_in.busy'), { headers: { 'retry-after': '5' } })
    }
    await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }
}
