import type pg from 'pg'

/** How many rows travel at once. */
const batch = 1000

/**
 * The rows of a cursor that is already open, read as fast as somebody takes them. Whoever opens one sees to it that
 * `close` is called, also when nobody ever takes a row: the connection is somebody's until then.
 */
export class RowStream<Row extends pg.QueryResultRow> implements AsyncIterable<Row> {
  readonly #client: pg.PoolClient
  #closed: Promise<void> | undefined

  constructor(client: pg.PoolClient) {
    this.#client = client
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Row> {
    try {
      while (!this.#closed) {
        const { rows } = await this.#client.query<Row>(`fetch ${batch} from rows`)
        yield* rows
        if (rows.length < batch) return
      }
    } finally {
      await this.close()
    }
  }

  /** Gives the connection back. Can be called any number of times. */
  close(): Promise<void> {
    return (this.#closed ??= this.#client.query('rollback').then(
      () => this.#client.release(),
      (error: Error) => this.#client.release(error),
    ))
  }
}
