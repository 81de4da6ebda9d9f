/** Between 0 and 1. */
export const chance = (): number => (crypto.getRandomValues(new Uint32Array(1))[0] ?? 0) / 2 ** 32

/** A name for one tab. `crypto.randomUUID` is missing where the address is not trusted. */
export const someId = (): string =>
  'xxxxxxxx-xxxx-4xxx-8xxx-xxxxxxxxxxxx'.replaceAll('x', () => Math.floor(chance() * 16).toString(16))

const longest = 60_000

/** How long to wait, in milliseconds, before the next try after so many failed: longer each time, never all at once. */
export const pauseAfter = (failures: number, random = chance): number =>
  Math.min(longest, 1000 * 2 ** failures) * (0.5 + random() / 2)

/** A server that let everybody go, because it starts anew, gets them back spread over two seconds. */
export const pauseAfterEnd = (random = chance): number => 100 + 1900 * random()

/** A thousand people who look at one list ask within a second or so, not in the same moment. */
const calm = 600

/**
 * How long changes are gathered before the page asks for them: hardly at all for a single one, and ever longer while
 * they keep coming, so that an import of thousands costs each page a few questions.
 */
export class Gathering {
  #span = 0
  #last = -Infinity

  /** In milliseconds, from now. */
  next(now: number, random = chance): number {
    const isCalm = now - this.#last > 6000
    this.#span = isCalm ? calm : Math.min(10_000, this.#span * 2)
    const wait = this.#span * (0.15 + random() * 1.7)
    this.#last = now + wait
    return wait
  }
}
