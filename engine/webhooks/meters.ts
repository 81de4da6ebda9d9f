import { Counter, Gauge, type Registry as Meters } from 'prom-client'
import type { Database } from '../database/pool.ts'
import type { Outcome } from './settle.ts'

interface Figures extends Record<string, unknown> {
  readonly waiting: string
  readonly oldest_waiting_seconds: string
  readonly paused: string
  readonly disabled: string
}

/** What `/metrics` tells of webhooks. Answers what counts tries; the rest is asked of the database when looked at. */
export function addMeters(meters: Meters, database: Pick<Database, 'bare'>): (outcome: Outcome) => void {
  const registers = [meters]
  const tries = new Counter({
    name: 'commonhall_webhook_tries_total',
    help: 'Tries to deliver messages to webhooks, by outcome.',
    labelNames: ['outcome'],
    registers,
  })
  const [waiting, oldest, stopped] = [
    new Gauge({ name: 'commonhall_webhook_messages_waiting', help: 'Messages that wait to be sent.', registers }),
    new Gauge({
      name: 'commonhall_webhook_oldest_waiting_seconds',
      help: 'Age of the oldest message of a webhook that is at work.',
      registers,
      async collect() {
        const [row] = await database.bare<Figures & Record<string, never>>('select * from foundation.webhook_figures()')
        if (!row) return
        waiting.set(Number(row.waiting))
        oldest.set(Number(row.oldest_waiting_seconds))
        stopped.set({ state: 'paused' }, Number(row.paused))
        stopped.set({ state: 'disabled' }, Number(row.disabled))
      },
    }),
    new Gauge({
      name: 'commonhall_webhooks_stopped',
      help: 'Webhooks that send nothing, by state.',
      labelNames: ['state'],
      registers,
    }),
  ] as const
  return (outcome) => tries.inc({ outcome })
}
