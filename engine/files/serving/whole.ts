import { createHash } from 'node:crypto'
import type { Bytes } from '../stores/store.ts'

/** What comes is not what was kept. */
export class BytesChanged extends Error {
  override readonly name = 'BytesChanged'
}

/** What bytes must come to. No hash: a part of a content, or a preview. */
export interface Wanted {
  readonly size: number
  readonly sha256: string | null
}

/**
 * Passes bytes on while it reckons what they come to. The last piece is let go only when all is right: whoever receives
 * them never holds something wrong that looks complete.
 * @throws {BytesChanged}
 */
export async function* wholly(bytes: Bytes, { size, sha256 }: Wanted): AsyncGenerator<Uint8Array, void, void> {
  const hash = sha256 === null ? null : createHash('sha256')
  let held: Uint8Array | undefined
  let came = 0
  for await (const piece of bytes) {
    if (!piece.length) continue
    came += piece.length
    if (came > size) throw new BytesChanged()
    hash?.update(piece)
    if (held) yield held
    held = piece
  }
  if (came !== size || (hash && hash.digest('hex') !== sha256)) throw new BytesChanged()
  if (held) yield held
}

/** So much is looked at before the first byte goes out, so that what is short and wrong is refused in words. */
const peeked = 256 * 1024

/** The same bytes, of which the first have been read. Whoever does not want them any more says so by `return`. */
export async function begun(bytes: AsyncGenerator<Uint8Array, void, void>): Promise<Begun> {
  const first: IteratorResult<Uint8Array, void>[] = []
  let length = 0
  let isOver = false
  while (!isOver && length < peeked) {
    const next = await bytes.next()
    first.push(next)
    if (next.done) isOver = true
    else length += next.value.length
  }
  // No generator: one that nobody has begun to read would not close what it stands for.
  const rest: Begun = {
    next: () => Promise.resolve(first.shift() ?? bytes.next()),
    return: () => bytes.return(),
    [Symbol.asyncIterator]: () => rest,
  }
  return rest
}

/** Bytes on their way that can be closed before any of them was taken. */
export interface Begun extends AsyncIterableIterator<Uint8Array, void> {
  return(): Promise<IteratorResult<Uint8Array, void>>
}
