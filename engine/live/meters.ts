import { Counter, Gauge, Histogram, type Registry } from 'prom-client'

export type LiveMeters = ReturnType<typeof liveMeters>

/** What `/metrics` tells of live streams. */
export const liveMeters = (registry: Registry) => ({
  clients: new Gauge({
    name: 'commonhall_live_clients',
    help: 'Open live streams and long polls',
    registers: [registry],
  }),
  events: new Counter({
    name: 'commonhall_live_events_total',
    help: 'Events told to live streams',
    labelNames: ['event'],
    registers: [registry],
  }),
  lag: new Histogram({
    name: 'commonhall_live_lag_seconds',
    help: 'Time from a change to the round that tells of it',
    buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  }),
  dropped: new Counter({
    name: 'commonhall_live_dropped_total',
    help: 'Live streams that were closed because their client did not keep up',
    registers: [registry],
  }),
})
