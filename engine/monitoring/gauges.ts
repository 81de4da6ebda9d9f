import { Gauge, type Registry as Meters } from 'prom-client'
import type { Figures, Watchtower } from './figures.ts'

interface Measured {
  /** Without `commonhall_`. */
  readonly name: string
  readonly help: string
  readonly labels?: readonly string[]
  readonly of: (
    figures: Figures,
    set: (value: number | null, labels?: Readonly<Record<string, string>>) => void,
  ) => void
}

/** What the database knows: the same numbers whichever process is asked, so that one of them is enough. */
const measured: readonly Measured[] = [
  {
    name: 'queue_jobs',
    help: 'Jobs in each queue: waiting, delayed, running, failed',
    labels: ['queue', 'state'],
    of({ queues }, set) {
      for (const { name: queue, waiting, delayed, running, failed } of queues)
        for (const [state, count] of Object.entries({ waiting, delayed, running, failed })) set(count, { queue, state })
    },
  },
  {
    name: 'queue_oldest_waiting_seconds',
    help: 'How long the oldest job that could run has been waiting, by queue',
    labels: ['queue'],
    of({ queues }, set) {
      for (const { name: queue, oldest_seconds: oldest } of queues) set(oldest, { queue })
    },
  },
  {
    name: 'queue_jobs_done_last_hour',
    help: 'Jobs that were done within the last hour, by whichever process, by queue',
    labels: ['queue'],
    of({ queues }, set) {
      for (const { name: queue, done_last_hour: done } of queues) set(done, { queue })
    },
  },
  {
    name: 'mails_waiting',
    help: 'Mails that are tried and could not be sent yet',
    of: ({ mails_waiting: waiting }, set) => set(waiting),
  },
  {
    name: 'mail_oldest_waiting_seconds',
    help: 'How long the oldest mail that could not be sent yet has been waiting',
    of: ({ mail_oldest_seconds: oldest }, set) => set(oldest),
  },
  {
    name: 'mails_last_hour',
    help: 'What became of mails within the last hour, by whichever process',
    labels: ['outcome'],
    of({ mails_last_hour: mails }, set) {
      for (const outcome of ['sent', 'bounced', 'complained', 'suppressed', 'failed'])
        set(mails[outcome] ?? 0, { outcome })
    },
  },
  {
    name: 'mail_suppressed_addresses',
    help: 'Addresses that get no mail, over all organizations',
    of: ({ suppressed_addresses: many }, set) => set(many),
  },
  {
    name: 'webhook_messages_waiting',
    help: 'Messages that wait to be sent to webhooks',
    of: ({ webhook_messages_waiting: waiting }, set) => set(waiting),
  },
  {
    name: 'webhook_oldest_waiting_seconds',
    help: 'Age of the oldest message that waits for a webhook that is at work',
    of: ({ webhook_oldest_seconds: oldest }, set) => set(oldest),
  },
  {
    name: 'webhooks_stopped',
    help: 'Webhooks that send nothing: paused by people, or disabled after failing for days',
    labels: ['state'],
    of({ webhooks_paused: paused, webhooks_disabled: disabled }, set) {
      set(paused, { state: 'paused' })
      set(disabled, { state: 'disabled' })
    },
  },
  {
    name: 'files_waiting',
    help: 'Files that wait to be checked, each content of an organization once',
    of: ({ files_waiting: waiting }, set) => set(waiting),
  },
  {
    name: 'file_oldest_waiting_seconds',
    help: 'How long the oldest file that waits to be checked has been waiting',
    of: ({ files_oldest_seconds: oldest }, set) => set(oldest),
  },
]

/** Adds what the database knows to `/metrics`. While it is away, each shows what it showed last. */
export function addGauges(meters: Meters, tower: Watchtower): void {
  for (const { name, help, labels = [], of } of measured)
    meters.registerMetric(
      new Gauge({
        name: `commonhall_${name}`,
        help,
        labelNames: labels,
        registers: [],
        async collect() {
          const figures = await tower.look()
          if (figures) of(figures, (value, of = {}) => this.set(of, value ?? 0))
        },
      }),
    )
  meters.registerMetric(
    new Gauge({
      name: 'commonhall_database_up',
      help: 'Whether the database answered when it was last asked for these figures',
      registers: [],
      async collect() {
        await tower.look()
        this.set(Number(tower.isUp))
      },
    }),
  )
}
