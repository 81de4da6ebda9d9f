import type { ByteSource } from '../bytes.ts'
import { limits } from '../limits.ts'
import { hold } from '../verdict.ts'
import { counter, holdTooLarge } from './pixels.ts'

const tag = { width: 256, height: 257 } as const

/** Goes from page to page. Source: TIFF 6.0, section 2. */
export async function readTiff(source: ByteSource): Promise<void> {
  const head = await source.read(0, 8)
  const isLittle = head.readUInt8(0) === 0x49
  const short = (bytes: Buffer, at: number) => (isLittle ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at))
  const long = (bytes: Buffer, at: number) => (isLittle ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at))
  const countPage = counter(limits.frames)
  let page = long(head, 4)
  if (!page) hold('damaged')
  while (page) {
    countPage()
    const many = short(await source.read(page, 2), 0)
    const entries = await source.read(page + 2, many * 12 + 4)
    const sides = new Map<number, number>()
    for (let at = 0; at < many * 12; at += 12) {
      const isShort = short(entries, at + 2) === 3
      sides.set(short(entries, at), isShort ? short(entries, at + 8) : long(entries, at + 8))
    }
    holdTooLarge(sides.get(tag.width) ?? 0, sides.get(tag.height) ?? 0)
    page = long(entries, many * 12)
  }
}
