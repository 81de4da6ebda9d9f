import type { Logger } from 'pino'
import type { Registry as Meters } from 'prom-client'
import type { Database } from '../database/pool.ts'
import type { Settings } from '../settings.ts'
import { PostgresCarrier } from './postgres-carrier.ts'
import { RedisCarrier } from './redis-carrier.ts'
import { Signals } from './signals.ts'

export { type Signal, Signals } from './signals.ts'

/** Signals between the processes of the house: by Redis where there is one, else by PostgreSQL at `url`. */
export function openSignals(
  { redisUrl }: Pick<Settings, 'redisUrl'>,
  database: Database,
  url: string,
  log: Logger,
  meters: Meters,
): Signals {
  return new Signals(redisUrl ? new RedisCarrier(redisUrl) : new PostgresCarrier(database, url), log, meters)
}
