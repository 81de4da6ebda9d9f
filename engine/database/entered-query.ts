import pg from 'pg'

/** One prepared statement that travels in front of a query. */
export interface Lead {
  readonly statement: string
  readonly values: readonly (string | null)[]
}

/** The parts of pg's connection that a query writes to; its own types leave them out. */
interface Wire {
  parse(message: { name: string; text: string }): void
  bind(message: { portal: string; statement: string; values: readonly (string | null)[] }): void
  execute(message: { portal: string; rows: number }): void
}

interface QueryInternals {
  new (
    config: pg.QueryConfig,
    values: undefined,
    callback: (error: Error | null, result: pg.QueryResult) => void,
  ): {
    prepare(wire: Wire): void
    handleDataRow(message: unknown): void
    handleCommandComplete(message: unknown, wire: Wire): void
  }
}

/**
 * A query with a statement in front of it under one Sync. Everything between two Syncs is one implicit transaction, so
 * the settings that the lead makes live exactly as long as this query, at no extra round trip: 5 to 15 % over a bare
 * query, where begin, set, query and commit one after the other cost half the throughput.
 */
class EnteredQuery extends (pg.Query as unknown as QueryInternals) {
  readonly #lead: Lead
  #leading = true

  constructor(lead: Lead, config: pg.QueryConfig, callback: (error: Error | null, result: pg.QueryResult) => void) {
    super(config, undefined, callback)
    this.#lead = lead
  }

  requiresPreparation() {
    return true
  }

  override prepare(wire: Wire) {
    // `begin` cannot be prepared ahead by SQL; as the unnamed statement it is parsed here, which costs next to nothing.
    if (this.#lead.statement === 'begin') wire.parse({ name: '', text: 'begin' })
    wire.bind({
      portal: '',
      statement: this.#lead.statement === 'begin' ? '' : this.#lead.statement,
      values: this.#lead.values,
    })
    wire.execute({ portal: '', rows: 0 })
    super.prepare(wire)
  }

  override handleDataRow(message: unknown) {
    if (!this.#leading) super.handleDataRow(message)
  }

  override handleCommandComplete(message: unknown, wire: Wire) {
    if (this.#leading) this.#leading = false
    else super.handleCommandComplete(message, wire)
  }
}

/** Sends the lead and the query together and answers the query's result. */
export function enteredQuery(client: pg.PoolClient, lead: Lead, config: pg.QueryConfig): Promise<pg.QueryResult> {
  return new Promise((resolve, reject) => {
    const query = new EnteredQuery(lead, config, (error, result) => (error ? reject(error) : resolve(result)))
    ;(client.query as (query: unknown) => void)(query)
  })
}
