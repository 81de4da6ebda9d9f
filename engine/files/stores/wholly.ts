import type { Bytes } from './store.ts'

/** The same bytes; fails when they are fewer or more than they should be. */
export async function* wholly(bytes: Bytes, size: number): AsyncGenerator<Uint8Array> {
  let seen = 0
  for await (const chunk of bytes) {
    seen += chunk.length
    if (seen > size) break
    yield chunk
  }
  if (seen !== size) throw new Error(`${size} bytes were announced, and ${seen > size ? 'more' : seen} came.`)
}
