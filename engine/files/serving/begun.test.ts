import { expect, test } from 'vitest'
import { gather, inPieces, sha256Of, someBytes } from '../stores/testing/bytes.ts'
import { wholly } from '../stores/wholly.ts'
import { begun } from './begun.ts'

const bytes = someBytes(1_000_000)
const wanted = { size: bytes.length, sha256: sha256Of(bytes) }

/** What arrives before it breaks off, and whether it does. */
async function arrives(source: AsyncIterable<Uint8Array>) {
  const pieces: Uint8Array[] = []
  try {
    for await (const piece of source) pieces.push(piece)
  } catch (error) {
    return { length: Buffer.concat(pieces).length, error: (error as Error).name }
  }
  return { length: Buffer.concat(pieces).length, error: null }
}

test('bytes that are as they should be arrive as they are', async () => {
  expect((await gather(await begun(wholly(inPieces(bytes), wanted)))).equals(bytes)).toBe(true)
  const none = await gather(await begun(wholly(inPieces(Buffer.alloc(0)), { size: 0, sha256: null })))
  expect(none.length).toBe(0)
})

test.each([
  ['changed in the middle', Buffer.concat([bytes.subarray(0, 500_000), Buffer.from('!'), bytes.subarray(500_001)])],
  ['cut short', bytes.subarray(0, 999_999)],
  ['too long', Buffer.concat([bytes, Buffer.from('!')])],
  ['gone', Buffer.alloc(0)],
])('bytes that are %s never arrive as so many', async (_how, wrong) => {
  const { length, error } = await arrives(wholly(inPieces(wrong), wanted))
  expect(error).toBe('BytesChanged')
  expect(length).toBeLessThan(bytes.length)
})

test('what is short is looked through before the first byte goes out', async () => {
  const short = bytes.subarray(0, 1000)
  const other = { size: 1000, sha256: sha256Of(bytes) }
  await expect(begun(wholly(inPieces(short), other))).rejects.toThrow(expect.objectContaining({ name: 'BytesChanged' }))
})

test('whoever does not want them any more closes what they come from, though none was taken', async () => {
  let isClosed = false
  async function* source() {
    try {
      yield* inPieces(bytes)
    } finally {
      isClosed = true
    }
  }
  await (await begun(wholly(source(), wanted))).return()
  expect(isClosed).toBe(true)
})
