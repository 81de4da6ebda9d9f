import { createHash } from 'node:crypto'
import type { LiveEvent } from './event.ts'
import type { Sink } from './listener.ts'

/** What a long request is answered with. */
export interface Polled {
  readonly events: readonly LiveEvent[]
  readonly next: string
}

/** The answer to one request: the first that there is to tell, or nothing when the time is over. */
export class LongPoll implements Sink {
  readonly answer: Promise<Polled>
  /** How things stood when the client was last told, by what it is about. They are in no log to look it up in. */
  readonly #told: ReadonlyMap<string, string>
  readonly #stands: Map<string, string>
  readonly #isFirst: boolean
  readonly #done: (polled: Polled) => void
  #position = ''

  /** `marks` are those of the answer before; null when there was none. */
  constructor(marks: readonly string[] | null) {
    this.#isFirst = marks === null
    this.#told = new Map((marks ?? []).map((mark) => [mark.slice(0, half), mark.slice(half)]))
    this.#stands = new Map(this.#told)
    const { promise, resolve } = Promise.withResolvers<Polled>()
    this.answer = promise
    this.#done = resolve
  }

  isNews(told: LiveEvent): boolean {
    const subject = this.#note(told)
    const known = this.#told.get(subject)
    return known === undefined ? !saysNobody(told) : known !== this.#stands.get(subject)
  }

  tell(events: readonly LiveEvent[], position: string): void {
    this.#position = position
    for (const told of events) if (told.id === null) this.#note(told)
    if (events.length || this.#isFirst) this.#answer(events)
  }

  beat(position: string): void {
    this.#position = position
  }

  end(): void {
    this.#answer([])
  }

  #note(told: LiveEvent): string {
    const { event, data } = told
    const subject = hash(event === 'editing' ? data.slice(0, data.indexOf(',')) : event)
    this.#stands.set(subject, hash(data))
    return subject
  }

  #answer(events: readonly LiveEvent[]): void {
    const marks = [...this.#stands].map(([subject, stand]) => subject + stand)
    this.#done({ events, next: [this.#position, ...marks].join('~') })
  }
}

const half = 6

const hash = (text: string) => createHash('sha256').update(text).digest('base64url').slice(0, half)

const saysNobody = ({ event, data }: LiveEvent) => event === 'editing' && data.endsWith('"people":[]}')

/** Takes a position apart from the marks of how things stood. */
export function readNext(next: string): { readonly position: string; readonly marks: readonly string[] } {
  const [position = '', ...marks] = next.split('~')
  return { position, marks }
}
