import type { Context } from './context.ts'
import type { Fields, ValuesOf } from './fields/field.ts'

/** How patiently work is tried, and how much of it goes on at once. */
export interface WorkTerms {
  /** How often a failed run is tried again, with growing pauses; 5 when left out. Then it waits for an operator. */
  readonly retries?: number
  /** The longest pause between two tries, in seconds; an hour when left out. */
  readonly longestPause?: number
  /** How long one run may take, in seconds; a quarter of an hour when left out. Then it has failed. */
  readonly timeLimit?: number
}

/** Work off the request path, in one transaction that also notes that it is done: what it writes is written once. */
export interface Job<F extends Fields = Fields> extends WorkTerms {
  /** For what is true afterwards: `members.dues-are-reckoned`. */
  readonly name: string
  readonly fields: F
  /** Five cron fields in the org's time zone; left out for work that is only queued. */
  readonly schedule?: string
  /** What makes two of these the same work: while one waits, another is not queued. `enqueue` may name a key itself. */
  unique?(payload: ValuesOf<F>): string
  /** How many run at the same time, however many processes work: in one org, and in all. */
  readonly atOnce?: { readonly perOrg?: number; readonly all?: number }
  run(ctx: Context, payload: ValuesOf<F>): Promise<void>
}

export type JobPayload<J extends Job> = ValuesOf<J['fields']>

export interface EnqueueOptions {
  /** Not before then: an instant, such as `2027-01-31T06:00:00Z`. */
  readonly startAfter?: string
  /** While a job of the org waits under this key, no other is queued: `enqueue` answers the id of the waiting one. */
  readonly key?: string
}

/** `delayed` waits for its time, `failed` for an operator, after the last try. */
export type JobState = 'waiting' | 'delayed' | 'running' | 'done' | 'failed' | 'canceled'

export interface JobStatus {
  readonly state: JobState
  /** Tries that have failed so far. */
  readonly failures: number
  /** When it was queued, when it may run, and when it ended. */
  readonly queuedAt: string
  readonly startsAt: string
  readonly endedAt: string | null
}

/** The queued jobs of the org that is open; those of others are not there. */
export interface JobsOfOrg {
  /** Null when there is none, or it ended more than a day ago. */
  status(job: Job, id: string): Promise<JobStatus | null>
  /** Takes it back, a running one with all that it has written. False when there is nothing left to take back. */
  cancel(job: Job, id: string): Promise<boolean>
}

/** Declares a job. A scheduled job runs once in each org that has its module on. */
export const defineJob = <const F extends Fields>(
  name: `${string}.${string}`,
  job: Omit<Job<F>, 'name' | 'fields'> & { readonly fields?: F },
): Job<F> => ({ ...job, name, fields: (job.fields ?? {}) as F })
