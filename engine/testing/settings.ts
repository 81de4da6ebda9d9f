import { pino } from 'pino'
import { readSettings } from '../settings.ts'

export const testSettings = readSettings({
  JWT_SECRET: 'a secret that only tests use, and long enough',
  PORT: '0',
  DATA_DIR: '/dev/null/nowhere',
  DATABASE_CONNECTIONS: '6',
  // Receivers of tests listen here.
  WEBHOOK_NETWORKS: '127.0.0.0/8',
})

export const quiet = pino({ level: 'silent' })
