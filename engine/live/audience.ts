import type { Listener } from './listener.ts'

/** Who listens to what in one org. */
export class Audience {
  readonly #listeners = new Set<Listener>()
  readonly #byTopic = new Map<string, Set<Listener>>()

  get size(): number {
    return this.#listeners.size
  }

  has(listener: Listener): boolean {
    return this.#listeners.has(listener)
  }

  add(listener: Listener): void {
    this.#listeners.add(listener)
    for (const topic of listener.topics) {
      const others = this.#byTopic.get(topic)
      if (others) others.add(listener)
      else this.#byTopic.set(topic, new Set([listener]))
    }
  }

  remove(listener: Listener): void {
    this.#listeners.delete(listener)
    for (const topic of listener.topics) {
      const others = this.#byTopic.get(topic)
      others?.delete(listener)
      if (!others?.size) this.#byTopic.delete(topic)
    }
  }

  hears(topic: string): boolean {
    return this.#byTopic.has(topic)
  }

  of(topic: string): Iterable<Listener> {
    return this.#byTopic.get(topic) ?? []
  }

  all(): Listener[] {
    return [...this.#listeners]
  }
}
