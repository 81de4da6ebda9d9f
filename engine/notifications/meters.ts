import { Counter, type Registry as Meters } from 'prom-client'

interface Ways {
  readonly in_inbox: boolean
  readonly pace: string | null
}

const counters = new WeakMap<Meters, Counter<'kind' | 'channel'>>()

function counterIn(meters: Meters): Counter<'kind' | 'channel'> {
  let counter = counters.get(meters)
  if (!counter) {
    counter = new Counter({
      name: 'commonhall_notifications_total',
      help: 'What people were told, by kind and channel',
      labelNames: ['kind', 'channel'],
      registers: [meters],
    })
    counters.set(meters, counter)
  }
  return counter
}

/** Counts what was just told: in inboxes, and to be mailed at once or in a digest. */
export function countTold(meters: Meters, kind: string, told: readonly Ways[]): void {
  const counter = counterIn(meters)
  const count = (channel: string, number: number) => number && counter.inc({ kind, channel }, number)
  count('inbox', told.filter(({ in_inbox: isIn }) => isIn).length)
  for (const pace of ['now', 'daily', 'weekly']) count(`mail_${pace}`, told.filter((one) => one.pace === pace).length)
}
