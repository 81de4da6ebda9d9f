import { createHash, randomBytes } from 'node:crypto'
import type { Bytes } from '../store.ts'

/** So many bytes that are never the same twice in a row, and always the same for one seed. */
export function someBytes(size: number, seed = 1): Buffer {
  const bytes = Buffer.allocUnsafe(size)
  let state = (seed * 2_654_435_761) >>> 0 || 1
  for (let at = 0; at < size; at += 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    bytes[at] = state >>> 24
  }
  return bytes
}

/** Bytes that are unlike any others, each time. */
export const freshBytes = (size: number): Buffer => randomBytes(size)

export const sha256Of = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/** In pieces, as they come over a line. */
export async function* inPieces(bytes: Uint8Array, piece = 65_536): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += piece) yield await Promise.resolve(bytes.subarray(at, at + piece))
}

/** A line that breaks after so many bytes. */
export async function* breaking(bytes: Uint8Array, after: number): AsyncGenerator<Uint8Array> {
  yield* inPieces(bytes.subarray(0, after), 10_000)
  throw new Error('The line broke.')
}

/** All that there is, in one piece. */
export async function gather(bytes: Bytes | null): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of bytes ?? []) chunks.push(chunk)
  return Buffer.concat(chunks)
}
