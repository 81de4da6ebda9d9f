import type { Database } from '../database/pool.ts'
import { inTime } from '../in-time.ts'
import type { Jobs, QueueState } from '../jobs/index.ts'
import { inTheirOrder, queueStatesSql } from '../jobs/overview.ts'

/** How much waits where, over all orgs: numbers alone. */
export interface Figures {
  readonly queues: readonly QueueState[]
  readonly mails_waiting: number
  /** How long the oldest mail has been waiting that could not be sent yet; null when none waits. */
  readonly mail_oldest_seconds: number | null
  /** What became of the mails of the last hour. */
  readonly mails_last_hour: Readonly<Record<string, number>>
  readonly suppressed_addresses: number
  readonly webhook_messages_waiting: number
  readonly webhook_oldest_seconds: number
  readonly webhooks_paused: number
  readonly webhooks_disabled: number
  /** Contents that nobody has checked yet, and how long the oldest has been waiting; null when none waits. */
  readonly files_waiting: number
  readonly files_oldest_seconds: number | null
}

interface Answered {
  readonly work: Omit<Figures, 'queues'>
  readonly queues: readonly QueueState[]
}

const statement = `select foundation.work_figures() as work,
  (select coalesce(jsonb_agg(q), '[]') from (${queueStatesSql}) q) as queues`

/** For so many milliseconds an answer serves everybody, however many ask. */
const fresh = 5_000

/** Whoever asks waits so many milliseconds at most. */
const patience = 2_000

/** Looks how the house is doing: one statement at a time, seldom, and never a refusal. */
export class Watchtower {
  readonly #database: Pick<Database, 'bare'>
  readonly #jobs: Pick<Jobs, 'wanted'>
  #figures: Figures | undefined
  #isUp = false
  #lookedAt = -Infinity
  #looking: Promise<void> | undefined

  constructor(database: Pick<Database, 'bare'>, jobs: Pick<Jobs, 'wanted'>) {
    this.#database = database
    this.#jobs = jobs
  }

  /** Whether the database answered the last time. */
  get isUp(): boolean {
    return this.#isUp
  }

  /** The figures of a moment ago. While the database does not answer: those of before, if there are any. */
  async look(): Promise<Figures | undefined> {
    if (performance.now() - this.#lookedAt > fresh) await this.#soon()
    return this.#figures
  }

  /** One look at a time. One that takes too long goes on, and serves whoever asks later. */
  async #soon(): Promise<void> {
    this.#looking ??= this.#ask().finally(() => (this.#looking = undefined))
    const answered = this.#looking.then(() => true)
    if (!(await inTime(answered, patience, false))) this.#isUp = false
  }

  async #ask(): Promise<void> {
    const names = this.#jobs.wanted.map(({ name }) => name)
    try {
      const [row] = await this.#database.bare<Answered & Record<string, never>>(statement, [names])
      if (row) this.#figures = { ...row.work, queues: inTheirOrder(row.queues, names) }
      this.#isUp = true
    } catch {
      this.#isUp = false
    }
    this.#lookedAt = performance.now()
  }
}
