import type { Readable } from 'node:stream'
import type { Bytes } from '../store.ts'
import { failureOf } from './failures.ts'

/** An answer that begins to come. */
export interface Opened {
  /** Nothing when what was asked for lies beyond the end. */
  readonly body: Readable | undefined
  readonly size: number
  /** Of this very content: bytes from two of them are never mixed. */
  readonly tag: string | undefined
}

type Reopen = (first: number, last: number) => Promise<Opened | null>

/** Whoever asked and does not begin to read within so many milliseconds holds up a connection no longer. */
const patience = 60_000

/** How often in a row a line may break without a single byte. */
const mostBreaks = 3

/** The bytes of an answer, gone on with from where they were when the line breaks. */
export function resumedRead(opened: Opened, first: number, reopen: Reopen): Bytes {
  const { body } = opened
  // An error is thrown to whoever reads; to nobody, it is nobody's.
  body?.on('error', () => {})
  const waiting = setTimeout(() => body?.destroy(), patience).unref()
  const bytes = goOn(opened, first, reopen)
  return {
    [Symbol.asyncIterator]() {
      clearTimeout(waiting)
      return bytes
    },
  }
}

async function* goOn({ body, size }: Opened, first: number, reopen: Reopen): AsyncGenerator<Uint8Array> {
  const end = first + size
  let at = first
  let current = body
  for (let breaks = 0; at < end;) {
    const before = at
    const failure = yield* tell(current)
    if (at === end) return
    breaks = at > before ? 1 : breaks + 1
    if (breaks > mostBreaks) throw failureOf('a read', failure)
    current = (await reopen(at, end - 1))?.body
  }

  /** Whatever comes; answers what ended it. */
  async function* tell(source: Readable | undefined): AsyncGenerator<Uint8Array, unknown> {
    try {
      for await (const chunk of (source ?? []) as AsyncIterable<Uint8Array>) {
        at += chunk.length
        yield chunk
      }
    } catch (error) {
      return error
    }
    return Object.assign(new Error('The answer ended early.'), { code: 'ECONNRESET' })
  }
}
