import { Counter, Gauge, Histogram, type Registry } from 'prom-client'
import type { Database } from '../database/pool.ts'

/** What is measured of mail. Never of whom. */
export const mailMeters = (meters: Registry, database: Pick<Database, 'bare'>) => ({
  suppressed: new Gauge({
    name: 'commonhall_mail_suppressed_addresses',
    help: 'Addresses that get no mail, over all organizations',
    registers: [meters],
    async collect() {
      // While the database is away, the number of before stands.
      const count = database.bare<{ many: number }>('select foundation.count_suppressed() as many')
      const [row] = await count.catch(() => [])
      if (row) this.set(row.many)
    },
  }),
  outcomes: new Counter({
    name: 'commonhall_mails_total',
    help: 'Mails by what became of them; "later": tried in vain, and tried again',
    labelNames: ['outcome'],
    registers: [meters],
  }),
  seconds: new Histogram({
    name: 'commonhall_mail_send_seconds',
    help: 'Time that the mail server took for one mail',
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers: [meters],
  }),
})
