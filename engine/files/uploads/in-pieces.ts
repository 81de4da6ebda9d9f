import { IncomingMessage } from 'node:http'
import type { Readable } from 'node:stream'
import { inTime } from '../../in-time.ts'

/** So much is handed on at a time: each piece costs a visit to another thread. */
const size = 256 * 1024

/** So long, in milliseconds, a piece that is not full waits for more. */
const patience = 20

/**
 * What comes in, put together while more comes quickly; each piece is good until the next is asked for, since all go
 * through the same memory. The small pieces that the network brings are given back at once: left to the garbage
 * collector, a gigabyte of them costs more than all else that is done with it. What came before the source failed is
 * handed on first.
 */
export async function* inPieces(source: Readable): AsyncGenerator<Buffer> {
  const piece = Buffer.allocUnsafeSlow(size)
  // What a form's parts are cut from belongs to whoever cuts them.
  const ours = source instanceof IncomingMessage
  let filled = 0
  for await (const came of arriving(source)) {
    for (let from = 0; from < came.length;) {
      const copied = came.copy(piece, filled, from)
      from += copied
      filled += copied
      if (filled < size) continue
      yield piece
      filled = 0
    }
    if (ours) giveBack(came)
    if (came !== nothing || !filled) continue
    yield piece.subarray(0, filled)
    filled = 0
  }
}

const nothing = Buffer.alloc(0)

/** Frees a piece of the network now, unless it is part of something larger. */
function giveBack({ buffer, byteLength }: Buffer): void {
  if (byteLength && byteLength === buffer.byteLength && buffer instanceof ArrayBuffer) buffer.transfer(0)
}

/** What the source has, and `nothing` whenever it has nothing for a while, or no more. */
async function* arriving(source: Readable): AsyncGenerator<Buffer> {
  let failure: Error | undefined
  const fail = (error: Error) => void (failure ??= error)
  source.on('error', fail)
  try {
    for (;;) {
      const more = nextChange(source)
      for (let came = take(source); came; came = take(source)) yield came
      if (failure || source.readableEnded || source.destroyed) {
        yield nothing
        if (!failure && source.readableEnded) return
        throw failure ?? new Error('The source is gone.')
      }
      if ((await inTime(more, patience, 'late')) !== 'late') continue
      yield nothing
      await more
    }
  } finally {
    source.off('error', fail)
  }
}

const take = (source: Readable) => source.read() as Buffer | null

/** Resolves when there may be something to read, or nothing will come any more. */
function nextChange(source: Readable): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const events = ['readable', 'end', 'close', 'error'] as const
  const changed = () => {
    for (const event of events) source.off(event, changed)
    resolve()
  }
  for (const event of events) source.on(event, changed)
  return promise
}
