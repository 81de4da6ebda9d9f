/** One attempt that was answered with no, as `foundation.note_denied` takes it. */
export interface Attempt {
  readonly session: string
  readonly slug: string
  readonly at: string
  /** What it was about: a resource, or `foundation.route` for what is none. */
  readonly resource: string
  readonly record: string | null
  /** Method and path, `PATCH /members/{id}`, and the same in words. */
  readonly operation: string
  readonly summary: string
  readonly code: string
  readonly permission?: string | undefined
  readonly reason: string
  readonly via: string
  readonly request_id: string
  readonly address: string
}

/** How often it happened, and with which records when there were several. */
export interface Collapsed extends Attempt {
  readonly count: number
  readonly records?: readonly string[]
}

interface Minute {
  readonly until: number
  readonly first: Attempt
  last: Attempt
  further: number
  readonly records: Set<string>
}

const minute = 60_000
/** So many different attempts of one session within a minute; more are counted together. */
const mostKinds = 40
const mostMinutes = 10_000
const mostRecords = 20

/**
 * Attempts that were denied. The first is told at once, what the same session tries again within a minute is told
 * together at its end: a flood becomes two lines a minute.
 */
export class Denials {
  readonly #minutes = new Map<string, Minute>()
  readonly #kinds = new Map<string, number>()
  #toTell: Collapsed[] = []

  note(attempt: Attempt, now = Date.now()): void {
    const { session, slug, operation, code } = attempt
    const kinds = this.#kinds.get(session) ?? 0
    const own = `${session} ${slug} ${operation} ${code}`
    const key = this.#minutes.has(own) || kinds < mostKinds ? own : `${session} ${slug}`
    const known = this.#minutes.get(key)
    if (known && now < known.until) {
      known.last = attempt
      known.further += 1
      if (attempt.record && known.records.size < mostRecords) known.records.add(attempt.record)
      return
    }
    if (known) this.#end(key, known)
    else if (this.#minutes.size >= mostMinutes) this.#endAll()
    this.#minutes.set(key, { until: now + minute, first: attempt, last: attempt, further: 0, records: new Set() })
    this.#kinds.set(session, (this.#kinds.get(session) ?? 0) + 1)
    this.#toTell.push({ ...attempt, count: 1 })
  }

  /** What is to be written now; with `all`, also what would have waited for its minute to end. */
  take(all = false, now = Date.now()): Collapsed[] {
    if (all) this.#endAll()
    else for (const [key, one] of this.#minutes) if (one.until <= now) this.#end(key, one)
    const told = this.#toTell
    this.#toTell = []
    return told
  }

  /** What could not be written is told later. */
  putBack(attempts: readonly Collapsed[]): void {
    this.#toTell = [...attempts, ...this.#toTell].slice(0, mostMinutes)
  }

  /** Whether somebody's minute is still running. */
  get isCounting(): boolean {
    return this.#minutes.size > 0
  }

  #end(key: string, { last, further, records }: Minute) {
    this.#minutes.delete(key)
    const left = (this.#kinds.get(last.session) ?? 1) - 1
    if (left > 0) this.#kinds.set(last.session, left)
    else this.#kinds.delete(last.session)
    if (!further) return
    const several = records.size > 1 ? { record: null, records: [...records] } : {}
    this.#toTell.push({ ...last, ...several, count: further })
  }

  #endAll() {
    for (const [key, one] of this.#minutes) this.#end(key, one)
  }
}
