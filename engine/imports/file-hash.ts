import { createHash } from 'node:crypto'
import type { Resource } from '@commonhall/kernel'

/** By what an upload that is sent again is known: its list, its name, and every byte of it as it passes. */
export function fileHash(resource: Resource, name: string) {
  const hash = createHash('sha256').update(JSON.stringify([resource.name, name]))
  return {
    async *over(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      for await (const chunk of bytes) {
        hash.update(chunk)
        yield chunk
      }
    },
    digest: () => hash.digest('hex'),
  }
}
