import { setTimeout } from 'node:timers/promises'

/** Lets so many through at once; the others wait at the door for a moment, and then go away. */
export class Gate {
  #free: number
  readonly #patience: number
  readonly #waiting: (() => void)[] = []

  constructor(places: number, patience: number) {
    this.#free = places
    this.#patience = patience
  }

  /** Does the work; undefined, and nothing done, when there was no place in time. */
  async through<Value>(work: () => Promise<Value>): Promise<Value | undefined> {
    if (!(await this.#enter())) return undefined
    try {
      return await work()
    } finally {
      const next = this.#waiting.shift()
      if (next) next()
      else this.#free += 1
    }
  }

  async #enter(): Promise<boolean> {
    if (this.#free > 0) return ((this.#free -= 1), true)
    const { promise, resolve } = Promise.withResolvers<true>()
    const call = () => resolve(true)
    this.#waiting.push(call)
    const late = new AbortController()
    const tooLong = setTimeout(this.#patience, false as const, { signal: late.signal }).catch(() => false as const)
    const called = await Promise.race([promise, tooLong])
    late.abort()
    const place = this.#waiting.indexOf(call)
    if (place >= 0) this.#waiting.splice(place, 1)
    return called
  }
}
