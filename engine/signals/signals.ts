import { randomUUID } from 'node:crypto'
import type { Logger } from 'pino'
import { Gauge, type Registry as Meters } from 'prom-client'
import type { Carrier } from './carrier.ts'

/** Something that other processes should know at once: small, and nowhere the only place for it. */
export interface Signal {
  readonly topic: string
  /** The org that it is about, if it is about one. */
  readonly org?: string
  readonly [more: string]: unknown
}

type Hear = (signal: Signal) => void

/** How long signals wait for company, in milliseconds; longer while there is nobody else to hear them. */
const pause = 15
const pauseAlone = 200

/** PostgreSQL takes 8,000 bytes a message. */
const mostBytes = 7_500

/** More signals than this in one batch and the rest is left out: whoever listens looks for itself every few seconds. */
const mostWaiting = 5_000

/**
 * Tells all processes of the house something, after the commit that brought it about and off its path. In this process
 * it is heard at once, in others some milliseconds later; while the carrier is down not at all.
 */
export class Signals {
  readonly #carrier: Carrier
  readonly #log: Logger
  readonly #self = randomUUID()
  readonly #hearers = new Map<string, Hear[]>()
  readonly #afterBreak: (() => void)[] = []
  #waiting = new Set<string>()
  #timer: NodeJS.Timeout | undefined
  #sending: Promise<void> = Promise.resolve()
  #listening: Promise<void> | undefined
  #isDown = false
  #isAlone = false
  #isClosed = false

  constructor(carrier: Carrier, log: Logger, meters: Meters) {
    this.#carrier = carrier
    this.#log = log
    const isDown = () => Number(this.#isDown)
    const help = 'Whether signals between server processes could not be sent the last time'
    const collect = function (this: Gauge): void {
      this.set(isDown())
    }
    meters.registerMetric(new Gauge({ name: 'commonhall_signals_down', help, registers: [], collect }))
  }

  /** Tells everybody, this process too. Call it after the commit. It never throws and never waits. */
  tell(signal: Signal): void {
    this.#hear(signal)
    if (this.#isClosed || this.#waiting.size >= mostWaiting) return
    this.#waiting.add(JSON.stringify(signal))
    this.#timer ??= setTimeout(() => void this.flush(), this.#isAlone ? pauseAlone : pause)
  }

  /** Says who acts on signals of a topic. They come only once `attend` has been called. */
  on(topic: string, hear: Hear): void {
    this.#hearers.set(topic, [...(this.#hearers.get(topic) ?? []), hear])
  }

  /** Says what to do when signals of others may have been lost. */
  onBreak(act: () => void): void {
    this.#afterBreak.push(act)
  }

  /** From now on signals of other processes are heard. Until somebody needs them no connection is kept for it. */
  attend(): Promise<void> {
    return (this.#listening ??= this.#carrier
      .listen({
        message: (text) => this.#read(text),
        afterBreak: () => {
          for (const act of this.#afterBreak) act()
        },
      })
      .catch((error: unknown) => this.#log.warn({ err: error }, 'signals of other processes are not heard yet')))
  }

  /** Sends what waits, now. */
  flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const waiting = [...this.#waiting]
    this.#waiting = new Set()
    if (!waiting.length) return this.#sending
    return (this.#sending = this.#sending.then(() => this.#send(messagesOf(this.#self, waiting))))
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.flush()
    await this.#carrier.close()
  }

  async #send(messages: readonly string[]): Promise<void> {
    try {
      this.#isAlone = !(await this.#carrier.send(messages))
      this.#isDown = false
    } catch (error) {
      if (!this.#isDown) this.#log.warn({ err: error }, 'other processes could not be signaled')
      this.#isDown = true
    }
  }

  #read(text: string): void {
    try {
      const { from, told } = JSON.parse(text) as { from: string; told: readonly Signal[] }
      // What this process told has been heard here already.
      if (from !== this.#self) for (const signal of told) this.#hear(signal)
    } catch (error) {
      this.#log.warn({ err: error }, 'a signal could not be read')
    }
  }

  #hear(signal: Signal): void {
    for (const hear of this.#hearers.get(signal.topic) ?? []) hear(signal)
  }
}

/** As many signals to a message as it holds. */
function messagesOf(from: string, signals: readonly string[]): string[] {
  const messages: string[] = []
  let told: string[] = []
  let bytes = 0
  const close = () => {
    if (told.length) messages.push(`{"from":"${from}","told":[${told.join(',')}]}`)
    told = []
    bytes = 0
  }
  for (const signal of signals) {
    const size = Buffer.byteLength(signal) + 1
    if (size > mostBytes) continue
    if (bytes + size > mostBytes) close()
    told.push(signal)
    bytes += size
  }
  close()
  return messages
}
