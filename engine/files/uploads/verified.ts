import type { Bytes, FileStore, UploadAddress } from '../stores/store.ts'
import { Sum } from '../stores/sum.ts'
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
  const sum = new Sum()
  try {
    await store.append(aside, 0, sum.passing(bytes))
    if (sum.sha256 !== sha256) refuseChecksum()
    return await accept(await store.readUpload(aside))
  } finally {
    await store.dropUpload(aside)
  }
}
