import type { ByteSource } from '../bytes.ts'
import { hold } from '../verdict.ts'
import { counter, holdTooLarge } from './pixels.ts'

interface Box {
  readonly name: string
  readonly from: number
  readonly to: number
}

/** Boxes that hold the one with the sides of the image: `meta` has four bytes in front of what it holds. */
const path: Readonly<Record<string, number>> = { meta: 4, iprp: 0, ipco: 0 }

/** Goes from box to box, which must be all that there is. Source: ISO/IEC 14496-12, 4.2, and 23008-12, 6.5.3. */
export async function readHeic(source: ByteSource): Promise<void> {
  const count = counter()
  let isSized = false
  const walk = async (from: number, to: number): Promise<void> => {
    for (let at = from; at < to;) {
      count()
      const box = await boxAt(source, at, to)
      const inside = path[box.name]
      if (inside !== undefined) await walk(box.from + inside, box.to)
      if (box.name === 'ispe') {
        const bytes = await source.read(box.from + 4, 8)
        holdTooLarge(bytes.readUInt32BE(0), bytes.readUInt32BE(4))
        isSized = true
      }
      at = box.to
    }
  }
  await walk(0, source.size)
  if (!isSized) hold('damaged')
}

async function boxAt(source: ByteSource, at: number, end: number): Promise<Box> {
  const head = await source.read(at, 8)
  const name = head.toString('latin1', 4)
  const short = head.readUInt32BE(0)
  const from = at + (short === 1 ? 16 : 8)
  const length = short === 1 ? Number((await source.read(at + 8, 8)).readBigUInt64BE(0)) : short || end - at
  const to = at + length
  if (to < from || to > end) hold('damaged')
  return { name, from, to }
}
