import type { Logger } from 'pino'

/** How long what was noticed may wait for company, in milliseconds: at most this much of it is lost to a kill -9. */
export const pause = 250

/**
 * Does a piece of work a moment after it was asked for, once for all who asked meanwhile, and never twice at a time.
 * A try that fails is made again after a second.
 */
export class Batches {
  readonly #work: () => Promise<void>
  readonly #log: Logger
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> = Promise.resolve()
  #isClosed = false

  constructor(work: () => Promise<void>, log: Logger) {
    this.#work = work
    this.#log = log
  }

  wake(after = pause): void {
    if (this.#timer || this.#isClosed) return
    this.#timer = setTimeout(() => void this.flush().catch((error: unknown) => this.#tryAgain(error)), after)
    // A command that is done need not wait for it: whoever closes the house flushes.
    this.#timer.unref()
  }

  /** Does the work now, after what may be under way. */
  flush(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    const run = this.#running.then(this.#work)
    this.#running = run.catch(() => {})
    return run
  }

  async close(): Promise<void> {
    this.#isClosed = true
    await this.flush()
  }

  #tryAgain(error: unknown) {
    this.#log.warn({ err: error }, 'the audit trail could not be written; it is tried again')
    this.wake(1000)
  }
}
