import type { WorkTerms } from '@commonhall/kernel'

/** Work of the house itself, outside any org: mail, cleaning up. It may run twice when a process dies at its end. */
export interface HouseJob<Payload extends object = object> extends WorkTerms {
  readonly name: string
  /** Five cron fields, in UTC. */
  readonly schedule?: string
  /** How many run at the same time, however many processes work. */
  readonly atOnce?: number
  run(payload: Payload, run: HouseRun): Promise<void>
}

/** One run of a job of the house. */
export interface HouseRun {
  /** The job's id: the same at each try. */
  readonly id: string
  /** Failed tries so far. */
  readonly failures: number
  /** Whether this is the last try: if it fails, the job waits for an operator. */
  readonly last: boolean
}
