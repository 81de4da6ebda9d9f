import { setTimeout as pause } from 'node:timers/promises'
import { PassThrough, Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { eventually } from '@commonhall/engine/testing'
import { inPieces } from './in-pieces.ts'
import { freshBytes, sha256Of } from '../stores/testing/bytes.ts'

test('what comes in small pieces goes on in larger ones, and is the same', async () => {
  const bytes = freshBytes(1_000_003)
  const small = Array.from({ length: 1001 }, (_, index) => bytes.subarray(index * 1000, index * 1000 + 1000))
  const pieces: Buffer[] = []
  for await (const piece of inPieces(Readable.from(small))) pieces.push(Buffer.from(piece))
  expect(sha256Of(Buffer.concat(pieces))).toBe(sha256Of(bytes))
  expect(pieces.length).toBeLessThan(20)
})

test('what comes slowly does not wait for more', async () => {
  const source = new PassThrough()
  let got = 0
  const reading = (async () => {
    for await (const piece of inPieces(source)) got += piece.length
  })()
  source.write(freshBytes(10))
  await eventually(() => expect(got).toBe(10))
  source.end(freshBytes(5))
  await reading
  expect(got).toBe(15)
})

test('what came before the source failed is handed on, and then the failure', async () => {
  const source = new PassThrough()
  const got: number[] = []
  const reading = (async () => {
    for await (const piece of inPieces(source)) got.push(piece.length)
  })()
  source.write(freshBytes(100))
  await pause(1)
  source.destroy(new Error('Cut.'))
  await expect(reading).rejects.toThrow('Cut.')
  expect(got).toEqual([100])
})

test('nothing is nothing', async () => {
  for await (const piece of inPieces(Readable.from([]))) expect(piece).toBe('nothing')
})
