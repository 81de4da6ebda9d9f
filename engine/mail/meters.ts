import { Counter, Histogram, type Registry } from 'prom-client'

/** What is measured of mail. Never of whom. */
export const mailMeters = (meters: Registry) => ({
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
