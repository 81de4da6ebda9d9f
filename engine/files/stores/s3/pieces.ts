import { randomUUID } from 'node:crypto'
import type { Stored } from './bucket.ts'

/** One piece of an upload. Its name says where it begins, and is never given twice: nobody can write over it. */
export interface Piece extends Stored {
  readonly offset: number
}

/** What an upload that comes without us is called until it has arrived; see `S3Store.direct`. */
export const directName = 'direct'

export const pieceName = (offset: number): string => `${String(offset).padStart(12, '0')}-${randomUUID()}`

/** The piece that something in an upload's folder is; null when it is none. */
export function pieceOf(stored: Stored): Piece | null {
  const [, offset] = /\/(\d{12})-[0-9a-f-]{36}$/.exec(stored.key) ?? []
  return offset === undefined ? null : { ...stored, offset: Number(offset) }
}

/**
 * The pieces that follow one upon the other from the beginning on. Where two processes have written at the same place,
 * the longer one counts; the others are left over, and go with the upload.
 */
export function chainOf(pieces: readonly Piece[]): Piece[] {
  const best = new Map<number, Piece>()
  for (const piece of pieces) if (piece.size >= (best.get(piece.offset)?.size ?? 0)) best.set(piece.offset, piece)
  const chain: Piece[] = []
  for (let piece = best.get(0); piece; piece = piece.size ? best.get(endOf(chain)) : undefined) chain.push(piece)
  return chain
}

/** How far a chain reaches. */
export const endOf = (chain: readonly Piece[]): number => {
  const last = chain.at(-1)
  return last ? last.offset + last.size : 0
}
