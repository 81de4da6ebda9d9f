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
