import type { Context } from './context.ts'
import type { Fields, ValuesOf } from './fields/field.ts'

/** Work off the request path. Named for what is true afterwards; running it twice must do no harm. */
export interface Job<F extends Fields = Fields> {
  readonly name: string
  readonly fields: F
  /** Five cron fields in the org's time zone; left out for work that is only queued. */
  readonly schedule?: string
  /** How often a failed run is tried again, with growing pauses; 5 when left out. */
  readonly retries?: number
  run(ctx: Context, payload: ValuesOf<F>): Promise<void>
}

export type JobPayload<J extends Job> = ValuesOf<J['fields']>

/** Declares a job. A scheduled job runs once in each org that has its module on. */
export const defineJob = <const F extends Fields>(
  name: `${string}.${string}`,
  job: Omit<Job<F>, 'name' | 'fields'> & { readonly fields?: F },
): Job<F> => ({ ...job, name, fields: (job.fields ?? {}) as F })
