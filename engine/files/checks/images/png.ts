import type { ByteSource } from '../bytes.ts'
import { hold } from '../verdict.ts'
import { counter, holdTooLarge } from './pixels.ts'

/** Goes from chunk to chunk: an image that ends where its bytes end. Source: PNG, third edition, 5.3 and 11.2. */
export async function readPng(source: ByteSource): Promise<void> {
  const count = counter()
  let at = 8
  for (let first = true; ; first = false) {
    count()
    const head = await source.read(at, 8)
    const [length, name] = [head.readUInt32BE(0), head.toString('latin1', 4)]
    if (first) {
      if (name !== 'IHDR' || length !== 13) hold('damaged')
      const sides = await source.read(at + 8, 8)
      holdTooLarge(sides.readUInt32BE(0), sides.readUInt32BE(4))
    }
    at += 12 + length
    if (at > source.size) hold('damaged')
    if (name !== 'IEND') continue
    if (at < source.size) hold('mixed')
    return
  }
}
