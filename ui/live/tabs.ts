import type { LiveEvent } from './frames.ts'
import { someId } from './pace.ts'

/** The line to the server, as the tab that holds it uses it. */
export interface Line {
  want: (topics: readonly string[]) => void
  hurry: () => void
  close: () => void
}

interface Parts {
  /** Opens the line, in the one tab that has it. */
  readonly connect: (told: {
    onEvents: (events: readonly LiveEvent[]) => void
    onState: (isLive: boolean) => void
  }) => Line
  readonly onEvents: (events: readonly LiveEvent[]) => void
  readonly onState: (isLive: boolean) => void
  /** What an event tells the state of, if it is told to whoever comes: only the latest is true. */
  readonly subjectOf: (event: LiveEvent) => string | undefined
}

type Word =
  | { readonly kind: 'want'; readonly from: string; readonly topics: readonly string[] }
  | { readonly kind: 'bye'; readonly from: string }
  | { readonly kind: 'here'; readonly isLive: boolean | undefined }
  | { readonly kind: 'events'; readonly events: readonly LiveEvent[] }

const beat = 15_000

/**
 * All tabs of one person in one organization share one line: browsers open six to a server, and ten tabs would block
 * each other. The tab that holds the lock has the line and passes on what it hears; when it goes, the next one takes
 * over. Where the browser knows no locks, as on a plain address without TLS, each tab has its own.
 */
export class Tabs {
  readonly #me = someId()
  readonly #name: string
  readonly #parts: Parts
  readonly #channel: BroadcastChannel | undefined
  readonly #timer: ReturnType<typeof setInterval>
  readonly #wishes = new Map<string, { topics: readonly string[]; at: number }>()
  /** What is told to a tab that comes, as the server tells it to a line that is opened. */
  readonly #stands = new Map<string, LiveEvent>()
  #topics: readonly string[] = []
  #line: Line | undefined
  #letGo = () => {}
  #isLive: boolean | undefined
  #heardAt = Date.now()
  #isOver = false

  constructor(name: string, parts: Parts) {
    this.#name = name
    this.#parts = parts
    // Both exist in every browser of today, but locks only where the address is trusted.
    const canShare = 'BroadcastChannel' in globalThis && 'locks' in navigator
    this.#channel = canShare ? new BroadcastChannel(name) : undefined
    this.#channel?.addEventListener('message', ({ data }: MessageEvent<Word>) => this.#hear(data))
    this.#timer = setInterval(() => this.#tick(), beat)
    if (this.#channel) this.#queue()
    else this.#lead()
  }

  want(topics: readonly string[]): void {
    this.#topics = topics
    this.#wish(this.#me, topics)
    this.#tell({ kind: 'want', from: this.#me, topics })
  }

  hurry(): void {
    this.#line?.hurry()
  }

  close(): void {
    if (this.#isOver) return
    this.#isOver = true
    clearInterval(this.#timer)
    this.#tell({ kind: 'bye', from: this.#me })
    this.#stop()
    this.#letGo()
    this.#channel?.close()
  }

  #tell(word: Word): void {
    this.#channel?.postMessage(word)
  }

  /** Waits for the lock. Whoever takes it from a tab that has gone silent says so. */
  #queue(steal = false): void {
    const held = () =>
      new Promise<void>((letGo) => {
        this.#letGo = letGo
        if (this.#isOver) letGo()
        else this.#lead()
      })
    navigator.locks.request(this.#name, { steal }, held).catch(() => {
      this.#stop()
      if (!this.#isOver) this.#queue()
    })
  }

  #lead(): void {
    this.#isLive = undefined
    this.#line = this.#parts.connect({
      onEvents: (events) => {
        for (const one of events) {
          const subject = this.#parts.subjectOf(one)
          if (subject) this.#stands.set(subject, one)
        }
        this.#tell({ kind: 'events', events })
        this.#parts.onEvents(events)
      },
      onState: (isLive) => {
        if (isLive === this.#isLive) return
        this.#isLive = isLive
        this.#tell({ kind: 'here', isLive })
        this.#parts.onState(isLive)
      },
    })
    this.#wish(this.#me, this.#topics)
    // Everybody answers with what they want.
    this.#tell({ kind: 'here', isLive: this.#isLive })
  }

  #stop(): void {
    this.#line?.close()
    this.#line = undefined
    this.#wishes.clear()
    this.#stands.clear()
  }

  #wish(from: string, topics: readonly string[]): void {
    if (!this.#line) return
    this.#wishes.set(from, { topics, at: Date.now() })
    this.#line.want([...new Set([...this.#wishes.values()].flatMap((one) => one.topics))])
  }

  #welcome(from: string, topics: readonly string[]): void {
    const isKnown = this.#wishes.get(from)?.topics.join() === topics.join()
    this.#wish(from, topics)
    if (this.#line && !isKnown) this.#tell({ kind: 'events', events: [...this.#stands.values()] })
  }

  #forget(from: string): void {
    this.#wishes.delete(from)
    this.#wish(this.#me, this.#topics)
  }

  #hear(word: Word): void {
    if (word.kind === 'want') this.#welcome(word.from, word.topics)
    else if (word.kind === 'bye') this.#forget(word.from)
    else if (word.kind === 'events') this.#parts.onEvents(word.events)
    else {
      this.#heardAt = Date.now()
      if (word.isLive !== undefined) this.#parts.onState(word.isLive)
      this.#tell({ kind: 'want', from: this.#me, topics: this.#topics })
    }
  }

  #tick(): void {
    if (this.#line) {
      // A tab that was frozen or fell over wants nothing any more.
      for (const [from, { at }] of this.#wishes)
        if (from !== this.#me && Date.now() - at > 3 * beat) this.#wishes.delete(from)
      this.#wish(this.#me, this.#topics)
      this.#tell({ kind: 'here', isLive: this.#isLive })
    } else if (document.visibilityState === 'visible' && Date.now() - this.#heardAt > 3 * beat) {
      // The tab with the line was put to sleep by the browser; this one is being looked at.
      this.#heardAt = Date.now()
      this.#queue(true)
    }
  }
}
