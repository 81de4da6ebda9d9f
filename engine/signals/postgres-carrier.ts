import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Database } from '../database/pool.ts'
import { type Carrier, type Heard, waitAfter } from './carrier.ts'

const channel = 'commonhall'
const listener = 'commonhall signals'

/** How often to make sure that the listening connection still answers, in milliseconds. */
const pulse = 15_000

/**
 * In a transaction of its own, which nothing waits for and which need not reach the disk: NOTIFY takes a lock at commit
 * that lets one transaction through at a time. If nobody else listens, nothing is written at all.
 */
const notify = `select set_config('synchronous_commit', 'off', true), pg_notify($1, message)
  from unnest($2::text[]) message
  where exists (select from pg_stat_activity
    where datname = current_database() and application_name = $3 and pid <> $4)`

/** Signals by LISTEN and NOTIFY. The listening connection goes to PostgreSQL itself: a pooler would not keep it. */
export class PostgresCarrier implements Carrier {
  readonly #database: Pick<Database, 'bare'>
  readonly #url: string
  readonly #closing = new AbortController()
  #client: pg.Client | undefined
  #pid = 0

  constructor(database: Pick<Database, 'bare'>, url: string) {
    this.#database = database
    this.#url = url
  }

  async send(messages: readonly string[]): Promise<boolean> {
    const sent = await this.#database.bare(notify, [channel, messages, listener, this.#pid])
    return sent.length > 0
  }

  listen(heard: Heard): Promise<void> {
    return new Promise((stands) => {
      void this.#keepListening(heard, stands)
    })
  }

  async close(): Promise<void> {
    this.#closing.abort()
    await this.#client?.end().catch(() => {})
  }

  async #keepListening(heard: Heard, stands: () => void): Promise<void> {
    const { signal } = this.#closing
    for (let tries = 0, times = 0; !signal.aborted; tries += 1) {
      try {
        await this.#connect(heard, () => {
          tries = 0
          if (times) heard.afterBreak()
          times += 1
          stands()
        })
      } catch {
        // It is tried again; whoever sends tells the log.
      }
      await sleep(waitAfter(tries), undefined, { signal }).catch(() => {})
    }
    stands()
  }

  /** Listens until the connection breaks. */
  async #connect(heard: Heard, stands: () => void): Promise<void> {
    const client = new pg.Client({
      connectionString: this.#url,
      application_name: listener,
      connectionTimeoutMillis: 5_000,
      query_timeout: 5_000,
      keepAlive: true,
    })
    const broken = new Promise<void>((done) => {
      client.on('error', () => done()).on('end', () => done())
    })
    client.on('notification', ({ payload = '' }) => heard.message(payload))
    this.#client = client
    try {
      await client.connect()
      const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid')
      await client.query(`listen ${channel}`)
      this.#pid = rows[0]?.pid ?? 0
      stands()
      await Promise.race([broken, this.#watch(client)])
    } finally {
      this.#pid = 0
      await client.end().catch(() => {})
    }
  }

  /** Rejects when the connection has gone silent. */
  async #watch(client: pg.Client): Promise<void> {
    const { signal } = this.#closing
    for (;;) {
      await sleep(pulse, undefined, { signal, ref: false })
      await client.query('select 1')
    }
  }
}
