import pg from 'pg'
import type { Lead } from '../engine/database/entered-query.ts'

interface Wire {
  bind(message: { readonly portal: string; readonly statement: string; readonly values: Lead['values'] }): void
  execute(message: { readonly portal: string; readonly rows: number }): void
}

type Callback = (error: Error | null, result: pg.QueryResult) => void

interface QueryInternals {
  new (
    config: pg.QueryConfig,
    values: undefined,
    callback: Callback,
  ): {
    prepare(wire: Wire): void
    handleDataRow(message: unknown): void
    handleCommandComplete(message: unknown, wire: Wire): void
  }
}

/** The driver's own query, and in front of it, under the same Sync, the statement that opens the org. */
class PlainQuery extends (pg.Query as unknown as QueryInternals) {
  readonly #lead: Lead
  #leading = true

  constructor(lead: Lead, config: pg.QueryConfig, callback: Callback) {
    super(config, undefined, callback)
    this.#lead = lead
  }

  override prepare(wire: Wire) {
    wire.bind({ portal: '', ...this.#lead })
    wire.execute({ portal: '', rows: 0 })
    super.prepare(wire)
  }

  override handleDataRow(message: unknown) {
    if (!this.#leading) super.handleDataRow(message)
  }

  override handleCommandComplete(message: unknown, wire: Wire) {
    if (!this.#leading) super.handleCommandComplete(message, wire)
    this.#leading = false
  }
}

export function plainQuery(client: pg.PoolClient, lead: Lead, config: pg.QueryConfig): Promise<pg.QueryResult> {
  return new Promise((resolve, reject) => {
    const query = new PlainQuery(lead, config, (error, result) => (error ? reject(error) : resolve(result)))
    ;(client.query as (query: unknown) => void)(query)
  })
}
