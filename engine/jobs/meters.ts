import { Counter, Gauge, Histogram, type Registry as Meters } from 'prom-client'
import type { QueueState } from './overview.ts'

/** What `/metrics` tells of the queues, by queue and never by org or person. */
export class JobMeters {
  readonly #durations: Histogram<'queue' | 'outcome'>
  readonly #failures: Counter<'queue'>

  constructor(meters: Meters, look: () => Promise<readonly QueueState[]>) {
    const registers = [meters]
    this.#durations = new Histogram({
      name: 'commonhall_job_run_seconds',
      help: 'How long runs of jobs took, by how they ended: done, left, lost, failed.',
      labelNames: ['queue', 'outcome'],
      buckets: [0.005, 0.025, 0.1, 0.5, 2.5, 10, 60, 600],
      registers,
    })
    this.#failures = new Counter({
      name: 'commonhall_job_failures_total',
      help: 'Runs of jobs that failed, the last try among them.',
      labelNames: ['queue'],
      registers,
    })
    this.#states(meters, look)
  }

  ended(queue: string, outcome: string, seconds: number): void {
    this.#durations.observe({ queue, outcome }, seconds)
    if (outcome === 'failed') this.#failures.inc({ queue })
  }

  /** Counted when somebody asks: one look for all of them. */
  #states(meters: Meters, look: () => Promise<readonly QueueState[]>): void {
    let looking: Promise<readonly QueueState[]> | undefined
    // All gauges are asked in the same moment. While the database is away they show what they showed last.
    const states = () =>
      (looking ??= look()
        .catch(() => [])
        .finally(() => (looking = undefined)))
    const oldest = new Gauge({
      name: 'commonhall_queue_oldest_seconds',
      help: 'How long the oldest job that could run has been waiting.',
      labelNames: ['queue'],
      registers: [],
      async collect() {
        for (const { name: queue, oldest_seconds } of await states()) this.set({ queue }, oldest_seconds ?? 0)
      },
    })
    const depth = new Gauge({
      name: 'commonhall_queue_jobs',
      help: 'Jobs in each queue: waiting, delayed, running, failed.',
      labelNames: ['queue', 'state'],
      registers: [],
      async collect() {
        for (const { name: queue, waiting, delayed, running, failed } of await states())
          for (const [state, count] of Object.entries({ waiting, delayed, running, failed }))
            this.set({ queue, state }, count)
      },
    })
    for (const gauge of [oldest, depth]) meters.registerMetric(gauge)
  }
}
