import { Readable } from 'node:stream'
import type pg from 'pg'

/** The parts of pg's connection that COPY speaks with; its own types leave them out. */
interface CopyWire {
  query(text: string): void
  readonly stream: { pause(): void; resume(): void }
}

/** What `COPY … TO STDOUT` sends, and how many rows it was once all is sent. */
export interface CopiedOut {
  readonly bytes: Readable
  readonly rows: Promise<number>
}

/**
 * Reads through `COPY … TO STDOUT`, as fast as somebody takes the bytes: while nobody does, the connection is not read
 * either, so that a table of any size passes through little memory.
 */
export function copyOut(client: pg.ClientBase, sql: string): CopiedOut {
  const { promise: rows, resolve, reject } = Promise.withResolvers<number>()
  let wire: CopyWire | undefined
  let count = 0
  let failed: Error | undefined
  const bytes = new Readable({ highWaterMark: 1024 * 1024, read: () => wire?.stream.resume() })
  const copy = {
    submit(connection: CopyWire) {
      wire = connection
      wire.query(sql)
    },
    handleCopyData({ chunk }: { chunk: Buffer }) {
      // The connection writes its next bytes over these.
      if (!bytes.push(Buffer.from(chunk))) wire?.stream.pause()
    },
    handleCommandComplete: ({ text }: { text: string }) => void (count = Number(text.split(' ')[1])),
    handleError: (error: Error) => void (failed = error),
    handleReadyForQuery() {
      if (failed) {
        bytes.destroy(failed)
        return reject(failed)
      }
      bytes.push(null)
      resolve(count)
    },
  }
  client.query(copy as unknown as pg.Submittable)
  // Told by the stream too: whoever reads it need not listen here.
  rows.catch(() => {})
  return { bytes, rows }
}
