import type { ByteSource } from '../bytes.ts'
import { limits } from '../limits.ts'
import { hold } from '../verdict.ts'
import { counter, holdTooLarge } from './pixels.ts'

const blocks = { extension: 0x21, image: 0x2c, trailer: 0x3b } as const

/** How many bytes a table of colors has, as the flags in front of it tell. */
const tableSize = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0)

/** Goes from block to block: an image that ends where its bytes end. Source: GIF89a, sections 17 to 27. */
export async function readGif(source: ByteSource): Promise<void> {
  const screen = await source.read(6, 7)
  holdTooLarge(screen.readUInt16LE(0), screen.readUInt16LE(2))
  const countFrame = counter(limits.frames)
  const count = counter(limits.parts * 20)
  let at = 13 + tableSize(screen.readUInt8(4))
  const skipPieces = async () => {
    for (;;) {
      count()
      const length = (await source.read(at, 1)).readUInt8(0)
      at += 1 + length
      if (!length) return
    }
  }
  for (;;) {
    count()
    const kind = (await source.read(at, 1)).readUInt8(0)
    if (kind === blocks.trailer) break
    if (kind === blocks.extension) at += 2
    else if (kind === blocks.image) {
      countFrame()
      const frame = await source.read(at + 1, 9)
      holdTooLarge(frame.readUInt16LE(4), frame.readUInt16LE(6))
      at += 11 + tableSize(frame.readUInt8(8))
    } else hold('damaged')
    await skipPieces()
  }
  // Some programs fill up with a few zeros; a script needs more room.
  const rest = await source.read(at + 1, Math.min(source.size - at - 1, 64))
  if (source.size - at - 1 > 64 || rest.some((byte) => byte !== 0)) hold('mixed')
}
