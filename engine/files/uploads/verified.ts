import { createHash } from 'node:crypto'
import type { Bytes, FileStore, UploadAddress } from '../stores/store.ts'
import { refuseChecksum } from './protocol.ts'

/**
 * Puts bytes aside, looks whether they have the SHA-256 that they are to have, and only then lets them count: what has
 * been added to an upload cannot be taken off it again.
 */
export async function verified<Value>(
  store: FileStore,
  aside: UploadAddress,
  bytes: Bytes,
  sha256: string,
  accept: (bytes: Bytes) => Promise<Value>,
): Promise<Value> {
  const hash = createHash('sha256')
  async function* summed() {
    for await (const chunk of bytes) {
      hash.update(chunk)
      yield chunk
    }
  }
  try {
    await store.append(aside, 0, summed())
    if (hash.digest('hex') !== sha256) refuseChecksum()
    return await accept(await store.readUpload(aside))
  } finally {
    await store.dropUpload(aside)
  }
}

/** The SHA-256 of an upload that this process has not seen arrive as a whole. */
export async function sumOf(store: FileStore, upload: UploadAddress): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of await store.readUpload(upload)) hash.update(chunk)
  return hash.digest('hex')
}
