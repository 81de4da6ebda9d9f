import { type ByteSource, windows } from '../bytes.ts'
import { hold } from '../verdict.ts'
import { counter, holdTooLarge } from './pixels.ts'

const marker = { end: 0xd9, scan: 0xda } as const

/** Markers that start a frame and so tell its sides: all of C0 to CF that are no tables. */
const isFrame = (code: number) => code >= 0xc0 && code <= 0xcf && code !== 0xc4 && code !== 0xc8 && code !== 0xcc

/** Markers that stand alone, with no length behind them. */
const standsAlone = (code: number) => code === 0x01 || (code >= 0xd0 && code <= 0xd8)

/**
 * Goes from marker to marker up to the end of the image, and answers where that is: phones put more behind it, such as
 * a second picture or a short film. Source: ITU-T T.81, annex B.
 */
export async function readJpeg(source: ByteSource): Promise<number> {
  const count = counter()
  let at = 2
  let isSized = false
  for (;;) {
    count()
    const [sign, code] = await source.read(at, 2)
    if (sign !== 0xff || code === undefined) hold('damaged')
    if (code === 0xff) at += 1
    else if (code === marker.end) return isSized ? at + 2 : hold('damaged')
    else if (standsAlone(code)) at += 2
    else {
      const length = (await source.read(at + 2, 2)).readUInt16BE(0)
      if (length < 2) hold('damaged')
      if (isFrame(code)) {
        const sides = await source.read(at + 5, 4)
        holdTooLarge(sides.readUInt16BE(2), sides.readUInt16BE(0))
        isSized = true
      }
      at += 2 + length
      if (code === marker.scan) at = await endOfScan(source, at)
    }
  }
}

/** Where the next marker is, behind the compressed image: there FF is followed by 00, or by the number of a restart. */
async function endOfScan(source: ByteSource, from: number): Promise<number> {
  for await (const { at, bytes } of windows(source, 1, from)) {
    for (let found = bytes.indexOf(0xff); found >= 0 && found + 1 < bytes.length;) {
      const code = bytes[found + 1] as number
      const goesOn = code === 0 || code === 0xff || (code >= 0xd0 && code <= 0xd7)
      if (!goesOn) return at + found
      found = bytes.indexOf(0xff, found + 1)
    }
  }
  return hold('damaged')
}
