import { Counter, Histogram, type Registry as Meters } from 'prom-client'

/** What a worker measures of its own runs, by queue and never by org or person. */
export class JobMeters {
  readonly #durations: Histogram<'queue' | 'outcome'>
  readonly #failures: Counter<'queue'>

  constructor(meters: Meters) {
    const registers = [meters]
    this.#durations = new Histogram({
      name: 'commonhall_job_run_seconds',
      help: 'How long runs of jobs took in this process, by how they ended: done, left, lost, failed',
      labelNames: ['queue', 'outcome'],
      buckets: [0.005, 0.025, 0.1, 0.5, 2.5, 10, 60, 600],
      registers,
    })
    this.#failures = new Counter({
      name: 'commonhall_job_failures_total',
      help: 'Runs of jobs that failed in this process, the last try among them',
      labelNames: ['queue'],
      registers,
    })
  }

  ended(queue: string, outcome: string, seconds: number): void {
    this.#durations.observe({ queue, outcome }, seconds)
    if (outcome === 'failed') this.#failures.inc({ queue })
  }
}
