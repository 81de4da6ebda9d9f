import type { ByteSource } from '../bytes.ts'
import { limits } from '../limits.ts'
import { hold } from '../verdict.ts'
import { counter, holdTooLarge } from './pixels.ts'

/** Goes from chunk to chunk of the RIFF container, which must be all that there is. Source: RFC 9649, section 2. */
export async function readWebp(source: ByteSource): Promise<void> {
  const whole = 8 + (await source.read(4, 4)).readUInt32LE(0)
  if (whole > source.size) hold('damaged')
  if (whole + (whole & 1) < source.size) hold('mixed')
  const count = counter()
  const countFrame = counter(limits.frames)
  let isSized = false
  for (let at = 12; at < whole;) {
    count()
    const head = await source.read(at, 8)
    const [name, length] = [head.toString('latin1', 0, 4), head.readUInt32LE(4)]
    const read = sides[name]
    if (read) {
      const [width, height] = read(await source.read(at + 8, 10))
      holdTooLarge(width, height)
      isSized = true
    }
    if (name === 'ANMF') countFrame()
    at += 8 + length + (length & 1)
    if (at > whole + 1) hold('damaged')
  }
  if (!isSized) hold('damaged')
}

/** Where each kind of chunk has its width and height. */
const sides: Readonly<Record<string, (bytes: Buffer) => readonly [number, number]>> = {
  VP8X: (bytes) => [bytes.readUIntLE(4, 3) + 1, bytes.readUIntLE(7, 3) + 1],
  'VP8 ': (bytes) => [bytes.readUInt16LE(6) & 0x3fff, bytes.readUInt16LE(8) & 0x3fff],
  VP8L: (bytes) => {
    const bits = bytes.readUInt32LE(1)
    return [(bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1]
  },
}
