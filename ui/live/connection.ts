import { Problem, type Query } from '../wire/http.ts'
import { Frames, type LiveEvent } from './frames.ts'
import { pauseAfter, pauseAfterEnd } from './pace.ts'

export interface Ends {
  /** Asks the live channel; refusals are thrown as a Problem. */
  readonly open: (query: Query, signal: AbortSignal) => Promise<Response>
  readonly onEvents: (events: readonly LiveEvent[]) => void
  /** Whether news arrives. */
  readonly onState: (isLive: boolean) => void
  /** In milliseconds; shorter in tests. */
  readonly patience?: { readonly firstWord: number; readonly silence: number; readonly settle: number }
}

interface Polled {
  readonly events: readonly LiveEvent[]
  readonly next?: string
}

const usual = { firstWord: 8000, silence: 50_000, settle: 250 }
const pollFor = 10 * 60_000
/** The server says something every 20 seconds, if only that it is there. */
const longestBeat = 30_000
/** Topics nobody looks at any more may stay for a while: asking anew costs more than hearing of them. */
const mostExtra = 20

/**
 * One line to the server: a stream, or one question after the other where a network in between holds streams back. Goes
 * on from the last position after every break.
 */
export class Connection {
  readonly #ends: Ends
  readonly #patience: NonNullable<Ends['patience']>
  #wanted: ReadonlySet<string> = new Set()
  #asked: ReadonlySet<string> = new Set()
  #frames = new Frames()
  #current: AbortController | undefined
  #settling: ReturnType<typeof setTimeout> | undefined
  #wake = () => {}
  #failures = 0
  #heardAt = Date.now()
  #pollUntil = 0
  /** The server refused one of the topics: until others are wanted, only what everybody may hear is asked for. */
  #isNarrow = false
  #isHurried = false
  #isOver = false

  constructor(ends: Ends) {
    this.#ends = ends
    this.#patience = ends.patience ?? usual
    void this.#run()
  }

  /** What shall be heard of. */
  want(topics: readonly string[]): void {
    this.#wanted = new Set(topics)
    const isCovered = topics.every((topic) => this.#asked.has(topic))
    if (topics.length && isCovered && this.#asked.size - topics.length <= mostExtra) return
    clearTimeout(this.#settling)
    // Whoever clicks through five pages asks once.
    this.#settling = setTimeout(() => {
      this.#isNarrow = false
      this.#hurry()
    }, this.#patience.settle)
  }

  /** The network is back, or somebody looks again: no need to wait, nor to trust a line that has gone silent. */
  hurry(): void {
    if (this.#failures || Date.now() - this.#heardAt > longestBeat) this.#hurry()
  }

  close(): void {
    this.#isOver = true
    clearTimeout(this.#settling)
    this.#hurry()
  }

  #hurry(): void {
    this.#isHurried = true
    this.#current?.abort()
    this.#wake()
  }

  async #run(): Promise<void> {
    while (!this.#isOver) {
      this.#isHurried = false
      this.#asked = new Set(this.#isNarrow ? [...this.#wanted].filter((topic) => topic === 'inbox') : this.#wanted)
      const pause = this.#asked.size ? await this.#hear() : pollFor
      if (!this.#isHurried && pause) await this.#rest(pause)
    }
  }

  /** Listens until it breaks; answers how long to wait before the next time. */
  async #hear(): Promise<number> {
    const began = Date.now()
    try {
      if (began < this.#pollUntil) {
        await this.#poll()
        this.#failures = 0
        return 0
      }
      await this.#stream()
      if (Date.now() - began > 10_000) this.#failures = 0
      return pauseAfterEnd() * 2 ** this.#failures++
    } catch (failure) {
      return this.#isHurried ? 0 : this.#meet(failure)
    }
  }

  #meet(failure: unknown): number {
    if (failure instanceof Problem && failure.status >= 400 && failure.status < 500) {
      // Signed out: the page says so, and nothing more is to be heard here.
      if (failure.status === 401) this.#isOver = true
      if (failure.status === 429) return pauseAfter(4)
      const isFirst = !this.#isNarrow && this.#asked.size > 1
      this.#isNarrow = true
      return isFirst ? 0 : pollFor
    }
    this.#failures++
    // Streams that break again and again, or never begin, may be held back: a short question may get through.
    if (this.#pollUntil > Date.now()) this.#pollUntil = 0
    else if (this.#failures >= 2 || failure instanceof Held) this.#pollUntil = Date.now() + pollFor
    if (failure instanceof Held) return 0
    this.#ends.onState(false)
    return pauseAfter(Math.min(6, this.#failures - 1))
  }

  #query(more: Query = {}): Query {
    return { topics: [...this.#asked].join(','), after: this.#frames.position, ...more }
  }

  /** A question that is given up after a while, and when the page hurries. */
  #ask(query: Query, patience: number) {
    const current = new AbortController()
    this.#current = current
    let isLate = false
    const giveUp = () => {
      isLate = true
      current.abort()
    }
    let timer = setTimeout(giveUp, patience)
    return {
      response: this.#ends.open(query, current.signal),
      isLate: () => isLate,
      wait(longer: number) {
        clearTimeout(timer)
        timer = setTimeout(giveUp, longer)
      },
      end: () => clearTimeout(timer),
    }
  }

  async #stream(): Promise<void> {
    const question = this.#ask(this.#query(), this.#patience.firstWord)
    let hasSpoken = false
    try {
      const { body } = await question.response
      const reader = body?.pipeThrough(new TextDecoderStream()).getReader()
      for (;;) {
        const piece = await reader?.read()
        if (!piece || piece.done) return
        hasSpoken = true
        question.wait(this.#patience.silence)
        this.#hears()
        const events = this.#frames.read(piece.value)
        if (events.length) this.#ends.onEvents(events)
      }
    } catch (failure) {
      throw question.isLate() && !hasSpoken ? new Held() : failure
    } finally {
      question.end()
    }
  }

  async #poll(): Promise<void> {
    // The first question is for the position alone.
    const wait = this.#frames.position ? 25 : 0
    const question = this.#ask(this.#query({ wait }), this.#patience.silence)
    try {
      const { events, next } = (await (await question.response).json()) as Polled
      this.#frames.position = next ?? this.#frames.position
      this.#hears()
      if (events.length) this.#ends.onEvents(events)
    } finally {
      question.end()
    }
  }

  #hears(): void {
    this.#heardAt = Date.now()
    this.#ends.onState(true)
  }

  #rest(pause: number): Promise<void> {
    return new Promise((done) => {
      const timer = setTimeout(done, pause)
      this.#wake = () => {
        clearTimeout(timer)
        done()
      }
    })
  }
}

/** The stream was opened and nothing came through. */
class Held extends Error {}
