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
    for await (const rows of this.#fetched<Row>({})) yield* rows
  }

  /** Many rows at a time. */
  pieces(): AsyncGenerator<Row[]> {
    return this.#fetched({})
  }

  /** Many rows at a time, each as its values in order: for files, where taking them one by one would cost the most. */
  batches(): AsyncGenerator<unknown[][]> {
    return this.#fetched({ rowMode: 'array' })
  }

  /** How many rows there are, told before the first is taken; only where the stream can go back. */
  async count(): Promise<number> {
    const { rowCount } = await this.#client.query('move forward all in rows')
    await this.#client.query('move absolute 0 in rows')
    return rowCount ?? 0
  }

  /** The last row, looked at before the first is taken; only where the stream can go back. */
  async last(): Promise<Row | undefined> {
    const { rows } = await this.#client.query<Row>('fetch last from rows')
    await this.#client.query('move absolute 0 in rows')
    return rows[0]
  }

  async *#fetched<Each>(how: { rowMode?: 'array' }): AsyncGenerator<Each[]> {
    try {
      while (!this.#closed) {
        const { rows } = await this.#client.query({ ...how, text: `fetch ${batch} from rows` })
        if (rows.length) yield rows as Each[]
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
