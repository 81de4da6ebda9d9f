import type { Readable } from 'node:stream'
import type pg from 'pg'

/** The parts of pg's connection that COPY speaks with; its own types leave them out. */
interface CopyWire {
  query(text: string): void
  sendCopyFromChunk(chunk: Buffer): void
  endCopyFrom(): void
  sendCopyFail(message: string): void
  readonly stream: NodeJS.WritableStream & { readonly writableNeedDrain: boolean }
}

/** Sends bytes through `COPY … FROM STDIN`: the fastest way into a table that PostgreSQL has. */
export function copyIn(client: pg.ClientBase, sql: string, bytes: Readable): Promise<void> {
  return new Promise((resolve, reject) => {
    let failed: Error | undefined
    const copy = {
      submit: (wire: CopyWire) => wire.query(sql),
      async handleCopyInResponse(wire: CopyWire) {
        try {
          for await (const chunk of bytes) {
            wire.sendCopyFromChunk(chunk as Buffer)
            if (wire.stream.writableNeedDrain) await new Promise((drained) => wire.stream.once('drain', drained))
          }
          wire.endCopyFrom()
        } catch (error) {
          wire.sendCopyFail(String(error))
        }
      },
      handleCommandComplete() {},
      handleError: (error: Error) => void (failed = error),
      handleReadyForQuery: () => (failed ? reject(failed) : resolve()),
    }
    client.query(copy as unknown as pg.Submittable)
  })
}
