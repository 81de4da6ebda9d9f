import type { FileHandle } from 'node:fs/promises'
import { hold } from './verdict.ts'

/** Bytes that are read piece by piece, from anywhere; never more of them in memory than asked for. */
export interface ByteSource {
  readonly size: number
  /** Exactly `length` bytes from `offset` on. A content that points beyond its own end is damaged, and held for it. */
  read(offset: number, length: number): Promise<Buffer>
}

/** No reader needs more at once; one that asks for it believes a number in a hostile file. */
export const largestPiece = 1024 * 1024

/** How much is read at a time where all of a file is gone through. */
const window = 256 * 1024

function refuseOutside(size: number, offset: number, length: number): void {
  const fits = offset >= 0 && length >= 0 && length <= largestPiece && offset + length <= size
  if (!fits) hold('damaged')
}

/** Bytes that are in memory already. */
export const sourceOf = (bytes: Buffer): ByteSource => ({
  size: bytes.length,
  read(offset, length) {
    refuseOutside(bytes.length, offset, length)
    return Promise.resolve(bytes.subarray(offset, offset + length))
  },
})

/** Bytes of an open file. Small reads near each other, as headers are read, cost one look at the disk. */
export function fileSource(file: FileHandle, size: number): ByteSource {
  let near = { from: 0, bytes: Buffer.alloc(0) }
  return {
    size,
    async read(offset, length) {
      refuseOutside(size, offset, length)
      const start = offset - near.from
      if (start >= 0 && start + length <= near.bytes.length) return near.bytes.subarray(start, start + length)
      const bytes = Buffer.alloc(Math.min(Math.max(length, window), size - offset))
      const { bytesRead } = await file.read(bytes, 0, bytes.length, offset)
      if (bytesRead < length) hold('damaged')
      near = { from: offset, bytes: bytes.subarray(0, bytesRead) }
      return near.bytes.subarray(0, length)
    },
  }
}

/** As much as there is from `offset` on, `length` at most. */
export const readUpTo = (source: ByteSource, offset: number, length: number): Promise<Buffer> =>
  source.read(Math.min(offset, source.size), Math.max(0, Math.min(length, source.size - offset)))

/**
 * Goes through bytes window by window. Each begins with the last `overlap` bytes of the one before, so that what lies
 * across two of them is seen.
 */
export async function* windows(
  source: ByteSource,
  overlap: number,
  from = 0,
): AsyncGenerator<{ readonly at: number; readonly bytes: Buffer; readonly isLast: boolean }> {
  for (let at = from; at < source.size; at += window - overlap) {
    const bytes = await readUpTo(source, at, window)
    const isLast = at + bytes.length >= source.size
    yield { at, bytes, isLast }
    if (isLast) return
  }
}
