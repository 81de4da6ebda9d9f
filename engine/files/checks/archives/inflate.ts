import { pipeline } from 'node:stream/promises'
import { createInflate, createInflateRaw } from 'node:zlib'
import { type ByteSource, readUpTo } from '../bytes.ts'
import { Hold, hold } from '../verdict.ts'

const piece = 64 * 1024

/** Bytes of a source from one place on, piece by piece. */
export async function* piecesOf(source: ByteSource, from: number, length: number): AsyncGenerator<Buffer> {
  if (from + length > source.size) hold('damaged')
  for (let at = from; at < from + length; at += piece)
    yield Buffer.from(await readUpTo(source, at, Math.min(piece, from + length - at)))
}

/** What a span of compressed bytes comes to, piece by piece: whoever has seen enough of it stops. */
export async function* inflated(
  source: ByteSource,
  from: number,
  length: number,
  form: 'raw' | 'zlib',
): AsyncGenerator<Buffer> {
  const inflate = (form === 'raw' ? createInflateRaw : createInflate)({ chunkSize: piece })
  const feeding = pipeline(piecesOf(source, from, length), inflate).catch(() => {})
  try {
    for await (const bytes of inflate) yield bytes as Buffer
  } catch (error) {
    if (error instanceof Hold) throw error
    if (String((error as { code?: unknown }).code).startsWith('Z_')) hold('damaged')
    throw error
  } finally {
    inflate.destroy()
    await feeding
  }
}
