import { refuse } from '@commonhall/kernel'

interface Waiting {
  /** Sends somebody away, by throwing. */
  readonly sendAway: () => never
  /** Milliseconds after which one who waits is sent away; by itself nobody is. */
  readonly patience?: number
}

/** Sends requests away for a moment, with a sentence that says why. */
export const refuseBusy = (message: string): never =>
  refuse('unavailable', message, { headers: { 'retry-after': '5' } })

/** Lets a few through at a time; the others wait their turn, and too many are sent away. */
export class Gate {
  readonly #most: number
  readonly #mostWaiting: number
  readonly #how: Waiting
  readonly #waiting = new Set<() => void>()
  #inside = 0

  constructor(most: number, mostWaiting: number, how: Waiting) {
    this.#most = most
    this.#mostWaiting = mostWaiting
    this.#how = how
  }

  async pass<Value>(work: () => Promise<Value>): Promise<Value> {
    if (this.#inside < this.#most) this.#inside++
    else await this.#wait()
    try {
      return await work()
    } finally {
      const [next] = this.#waiting
      // The place is handed on: giving it up first would let a newcomer slip in before those who wait.
      if (next) next()
      else this.#inside--
    }
  }

  async #wait(): Promise<void> {
    if (this.#waiting.size >= this.#mostWaiting || !(await this.#turn())) {
      this.#how.sendAway()
    }
  }

  /** Whether a place was handed on before patience ran out. */
  #turn(): Promise<boolean> {
    const { promise, resolve } = Promise.withResolvers<boolean>()
    const { patience } = this.#how
    const leave = (entered: boolean) => {
      clearTimeout(timer)
      this.#waiting.delete(enter)
      resolve(entered)
    }
    const enter = () => leave(true)
    const timer = patience === undefined ? undefined : setTimeout(() => leave(false), patience)
    this.#waiting.add(enter)
    return promise
  }
}
