import pg from 'pg'

/** A statement that travels in front of a query: one that is prepared under its name, or its text under none. */
export interface Lead {
  readonly statement: string
  readonly text: string
  readonly values: readonly (string | null)[]
}

/** The parts of pg's connection that a query writes to; its own types leave them out. */
interface Wire {
  parse(message: { name: string; text: string }): void
  bind(message: { portal: string; statement: string; values: readonly (string | null)[] }): void
  execute(message: { portal: string; rows: number }): void
}

/** What PostgreSQL has said about a statement's columns, worked out for parsing rows. */
interface Columns {
  fields: readonly unknown[]
  _parsers: unknown
  _prebuiltEmptyResultObject: unknown
}

interface QueryInternals {
  new (
    text: string,
    values: readonly unknown[],
    callback: (error: Error | null, result: pg.QueryResult) => void,
  ): {
    name: string | undefined
    readonly _result: Columns & { rows: unknown[]; parseRow(cells: readonly unknown[]): unknown }
    _canceledDueToError: unknown
    _accumulateRows: boolean
    prepare(wire: Wire): void
    handleCommandComplete(message: unknown, wire: Wire): void
  }
}

/** Of each connection, the columns of the statements that are prepared on it: they are the same every time. */
const known = new WeakMap<Wire, Map<string, Columns>>()

/** The same connection, asking for no description: sending and reading one costs as much as a small row. */
const silent = new WeakMap<Wire, Wire>()

function silence(wire: Wire): Wire {
  let quiet = silent.get(wire)
  if (!quiet) silent.set(wire, (quiet = Object.assign(Object.create(wire) as Wire, { describe() {} })))
  return quiet
}

/**
 * A query with a statement in front of it under one Sync. Everything between two Syncs is one implicit transaction, so
 * the settings that the lead makes live exactly as long as this query, at no extra round trip: 5 to 15 % over a bare
 * query, where begin, set, query and commit one after the other cost half the throughput.
 */
class EnteredQuery extends (pg.Query as unknown as QueryInternals) {
  readonly #lead: Lead
  #leading = true

  constructor(
    lead: Lead,
    { name, text, values = [] }: pg.QueryConfig,
    callback: ConstructorParameters<QueryInternals>[2],
  ) {
    super(text, values, callback)
    this.name = name
    this.#lead = lead
  }

  requiresPreparation() {
    return true
  }

  override prepare(wire: Wire) {
    const { statement, text, values } = this.#lead
    if (!statement) wire.parse({ name: '', text })
    wire.bind({ portal: '', statement, values })
    wire.execute({ portal: '', rows: 0 })
    const columns = this.name && known.get(wire)?.get(this.name)
    if (!columns) return super.prepare(wire)
    Object.assign(this._result, columns)
    this._accumulateRows = true
    super.prepare(silence(wire))
  }

  handleDataRow({ fields }: { readonly fields: readonly unknown[] }) {
    if (this.#leading || this._canceledDueToError) return
    try {
      this._result.rows.push(this._result.parseRow(fields))
    } catch (error) {
      this._canceledDueToError = error
    }
  }

  override handleCommandComplete(message: unknown, wire: Wire) {
    if (this.#leading) {
      this.#leading = false
      return
    }
    super.handleCommandComplete(message, wire)
    if (this.name) this.#remember(this.name, wire)
  }

  #remember(name: string, wire: Wire) {
    let columns = known.get(wire)
    if (!columns) known.set(wire, (columns = new Map()))
    if (columns.has(name)) return
    const { fields, _parsers, _prebuiltEmptyResultObject } = this._result
    columns.set(name, { fields, _parsers, _prebuiltEmptyResultObject })
  }
}

/** Sends the lead and the query together and answers the query's result. */
export function enteredQuery(client: pg.PoolClient, lead: Lead, config: pg.QueryConfig): Promise<pg.QueryResult> {
  return new Promise((resolve, reject) => {
    const query = new EnteredQuery(lead, config, (error, result) => (error ? reject(error) : resolve(result)))
    ;(client.query as (query: unknown) => void)(query)
  })
}
