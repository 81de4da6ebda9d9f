import { inTime } from '../../../in-time.ts'
import type { Bytes } from '../store.ts'

/** So much at a time: each write is handed to another thread, which costs more than the copying of a small piece. */
const most = 512 * 1024

/** So long, in milliseconds, what has come waits for more. */
const patience = 20

/**
 * Pieces as they come, put together while more comes quickly. Whatever came before the source failed is handed on first.
 */
export async function* gathered(bytes: Bytes): AsyncGenerator<Uint8Array[]> {
  const source = bytes[Symbol.asyncIterator]()
  let next = settled(source.next())
  try {
    for (;;) {
      const some: Uint8Array[] = []
      let came = await next
      for (let size = 0; came.value; came = await next) {
        some.push(came.value)
        size += came.value.length
        next = settled(source.next())
        if (size >= most || (await inTime(next, patience, 'late')) === 'late') break
      }
      if (some.length) yield some
      if (came.value) continue
      if (came.failure) throw came.failure.error
      return
    }
  } finally {
    await source.return?.()
  }
}

interface Settled {
  readonly value?: Uint8Array
  readonly failure?: { readonly error: unknown }
}

/** A failure waits until somebody asks for it: there may be pieces to hand on before. */
const settled = (next: Promise<IteratorResult<Uint8Array>>): Promise<Settled> =>
  next.then(
    ({ done, value }) => (done ? {} : { value }),
    (error: unknown) => ({ failure: { error } }),
  )
