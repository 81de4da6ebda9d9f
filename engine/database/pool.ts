import { createHash } from 'node:crypto'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import type { Tables } from '@commonhall/kernel'
import { type Access, leadOf, preparedLeads, serverSettings } from './access.ts'
import { enteredQuery, type Lead } from './entered-query.ts'
import { RowStream } from './row-stream.ts'
import { wireTypes } from './types.ts'

/** A statement and its values. Named ones are planned once per connection. */
export interface Statement {
  readonly text: string
  readonly values: readonly unknown[]
}

/** One open transaction of one org. */
export interface Transaction {
  readonly query: <Row extends pg.QueryResultRow = Record<string, unknown>>(
    text: string,
    values?: readonly unknown[],
  ) => Promise<pg.QueryResult<Row>>
  /** The query builder over the same connection. */
  readonly db: Kysely<Tables>
  readonly client: pg.PoolClient
  /** Runs once the transaction has committed, and never when it has not. It must not throw. */
  readonly afterCommit: (act: () => void) => void
}

/** More distinct shapes than this are sent unnamed, so that no client can fill a server's memory with plans. */
const mostNames = 500

const serverOptions = Object.entries(serverSettings)
  .map(([name, value]) => `-c ${name}=${value}`)
  .join(' ')

/** `begin` cannot be prepared by SQL; parsing it each time costs next to nothing. */
const begin: Lead = { statement: '', text: 'begin', values: [] }

/** So many downloads at once; a further one waits ten seconds for its turn. */
const mostStreams = 3

/** The server's connections, as the role that owns nothing, and the ways of using them: one read, one transaction. */
export class Database {
  readonly pool: pg.Pool
  readonly #streams: pg.Pool
  readonly #names = new Map<string, string>()

  readonly #pooled: boolean
  readonly #told: ((orgId: string) => void)[] = []

  /**
   * `pooled` when a pooler stands in between that hands a connection on after each transaction: nothing can be prepared
   * on it then, and what a connection starts with is the pooler's to say.
   */
  constructor(url: string, connections = 10, pooled = false) {
    this.#pooled = pooled
    const options = {
      connectionString: url,
      max: connections,
      types: wireTypes,
      application_name: 'commonhall',
      // A server that does not answer at all must not keep people waiting for ever.
      connectionTimeoutMillis: 10_000,
      query_timeout: 65_000,
      keepAlive: true,
      // The pool waits for this before it hands a new connection out.
      ...(pooled ? {} : { options: serverOptions, onConnect: (client: pg.ClientBase) => client.query(preparedLeads) }),
    }
    this.pool = new pg.Pool(options)
    this.#streams = new pg.Pool({ ...options, max: mostStreams })
    // A connection that breaks while idle is replaced by the pool; the next query tells if the server is gone.
    for (const pool of [this.pool, this.#streams]) pool.on('error', () => {})
  }

  /** Tells of each org in which a transaction has committed; it may have written something. */
  onCommit(told: (orgId: string) => void): void {
    this.#told.push(told)
  }

  /** Runs one read inside the org, in one round trip. */
  async read<Row extends pg.QueryResultRow>(access: Access, statement: Statement): Promise<Row[]> {
    const client = await this.pool.connect()
    try {
      const { rows } = await enteredQuery(client, this.#lead(access), this.#named(statement))
      return rows as Row[]
    } finally {
      client.release()
    }
  }

  /** Throws `accessChanged` unless what the server remembers of this access still holds. */
  async prove(access: Access): Promise<void> {
    await this.read(access, { text: 'select 1', values: [] })
  }

  /** Runs several statements in one transaction of the org; any throw rolls all of them back. */
  async transaction<Value>(access: Access, work: (transaction: Transaction) => Promise<Value>): Promise<Value> {
    const client = await this.pool.connect()
    let broken: Error | undefined
    try {
      await enteredQuery(client, begin, this.#named(leadOf(access)))
      const acts: (() => void)[] = []
      const value = await work(transactionOn(client, acts))
      await client.query('commit')
      for (const act of acts) act()
      for (const told of this.#told) told(access.orgId)
      return value
    } catch (error) {
      // What was given up while it still runs may yet use the connection: nobody else must get it.
      if ((error as { abandons?: boolean }).abandons) broken = error as Error
      else await client.query('rollback').catch((failed: Error) => (broken = failed))
      throw error
    } finally {
      client.release(broken)
    }
  }

  /**
   * Opens any number of rows inside the org, to be taken at the reader's pace; refused in time while there is still a
   * status to refuse with. Streams have connections of their own: a slow download holds one for as long as it lasts,
   * and must not take it from those who only turn a page. One that can go `back` tells how it
   * ends before it begins.
   */
  async stream<Row extends pg.QueryResultRow>(
    access: Access,
    { text, values }: Statement,
    back = false,
  ): Promise<RowStream<Row>> {
    const client = await this.#streams.connect()
    const rows = new RowStream<Row>(client)
    try {
      await enteredQuery(client, begin, this.#named(leadOf(access)))
      await client.query(`declare rows ${back ? '' : 'no '}scroll cursor for ${text}`, [...values])
      return rows
    } catch (error) {
      await rows.close()
      throw error
    }
  }

  /** A query outside any org: sign-in, health. Row-level security then shows no org's rows. */
  async bare<Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    const { rows } = await this.pool.query<Row>(this.#named({ text, values }))
    return rows
  }

  async close(): Promise<void> {
    await Promise.all([this.pool.end(), this.#streams.end()])
  }

  #lead(access: Access): Lead {
    const lead = leadOf(access)
    return this.#pooled ? { ...lead, statement: '' } : lead
  }

  #named({ text, values }: Statement): pg.QueryConfig {
    if (this.#pooled) return { text, values: [...values] }
    let name = this.#names.get(text)
    if (!name && this.#names.size < mostNames) {
      name = createHash('sha256').update(text).digest('base64url').slice(0, 22)
      this.#names.set(text, name)
    }
    return name ? { name, text, values: [...values] } : { text, values: [...values] }
  }
}

/** The query builder on one connection: Kysely asks a pool, so it gets a pool of this one. */
export function builderOn(client: pg.PoolClient): Kysely<Tables> {
  const only = { query: client.query.bind(client), release() {} }
  const pool = { connect: () => Promise.resolve(only), end: () => Promise.resolve() }
  return new Kysely<Tables>({ dialect: new PostgresDialect({ pool: pool as never }) })
}

function transactionOn(client: pg.PoolClient, acts: (() => void)[]): Transaction {
  let db: Kysely<Tables> | undefined
  return {
    client,
    afterCommit: (act) => void acts.push(act),
    query: (text, values = []) => client.query(text, [...values]),
    get db() {
      return (db ??= builderOn(client))
    },
  }
}
