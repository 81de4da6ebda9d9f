import type { Bytes } from './store.ts'
import { Sum } from './sum.ts'

/** What comes is not what it should be. */
export class BytesChanged extends Error {
  override readonly name = 'BytesChanged'

  constructor(announced: number, came: number) {
    super(`${announced} bytes were announced, and ${came === announced ? 'others' : came} came.`)
  }
}

/** What bytes must come to. */
export interface Wanted {
  readonly size: number
  /** None: a part of a content, or a preview. */
  readonly sha256: string | null
}

/**
 * Passes bytes on while it reckons what they come to. The last piece is let go only when all is right: whoever receives
 * them never holds something wrong that looks complete.
 * @throws {BytesChanged}
 */
export async function* wholly(bytes: Bytes, { size, sha256 }: Wanted): AsyncGenerator<Uint8Array, void, void> {
  const sum = sha256 === null ? null : new Sum()
  let held: Uint8Array | undefined
  let came = 0
  for await (const piece of bytes) {
    if (!piece.length) continue
    came += piece.length
    if (came > size) throw new BytesChanged(size, came)
    sum?.add(piece)
    if (held) yield held
    held = piece
  }
  if (came !== size || (sum && sum.sha256 !== sha256)) throw new BytesChanged(size, came)
  if (held) yield held
}
