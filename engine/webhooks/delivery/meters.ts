import { Counter, type Registry as Meters } from 'prom-client'
import type { Outcome } from './settle.ts'

/** Counts tries of this process; what waits is counted by engine/monitoring. */
export function addMeters(meters: Meters): (outcome: Outcome) => void {
  const tries = new Counter({
    name: 'commonhall_webhook_tries_total',
    help: 'Tries to deliver messages to webhooks, by outcome',
    labelNames: ['outcome'],
    registers: [meters],
  })
  return (outcome) => tries.inc({ outcome })
}
